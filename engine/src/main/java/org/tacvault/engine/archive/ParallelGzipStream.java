package org.tacvault.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Plain multi-member gzip, its members deflated on several threads and written in order. Memory is
 * bounded by {@link #blocksAllowed} blocks of about two mebibytes, outside the heap.
 */
final class ParallelGzipStream extends FinishableOutputStream {
  private final OutputStream out;
  private final Supplier<BlockDeflater> deflaters;
  private final int blocksAllowed;
  private final ExecutorService workers;
  private final List<GzipBlock> blocks = new ArrayList<>();
  private final Deque<GzipBlock> idle = new ArrayDeque<>();
  private final Deque<Future<GzipBlock>> inFlight = new ArrayDeque<>();
  // Each member is a gzip file in itself, so a stream that broke off between two would pass for
  // whole. The last trailer is therefore held back until the next member or the end is written.
  private byte @Nullable [] heldBackTrailer;
  private @Nullable GzipBlock current;
  private boolean broken;
  private boolean finished;

  ParallelGzipStream(OutputStream out, int threads, Supplier<BlockDeflater> deflaters) {
    this.out = out;
    this.deflaters = deflaters;
    this.blocksAllowed = blocksAllowed(threads);
    this.workers = Executors.newFixedThreadPool(threads, ParallelGzipStream::thread);
  }

  /** One block being filled, one being written, and one for each thread. */
  static int blocksAllowed(int threads) {
    return threads + 2;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireWritable();
    int end = offset + length;
    for (int at = offset; at < end; ) {
      if (current == null) {
        current = nextBlock();
      }
      at += current.fill(bytes, at, end - at);
      if (current.isFull()) {
        submitCurrent();
      }
    }
  }

  @Override
  public void finish() throws IOException {
    requireWritable();
    // A gzip file has at least one member, if only an empty one.
    if (current == null && blocks.isEmpty()) {
      current = nextBlock();
    }
    submitCurrent();
    while (!inFlight.isEmpty()) {
      writeOldest();
    }
    writeHeldBackTrailer();
    out.flush();
    finished = true;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    boolean interrupted = false;
    // The native memory must not go while a thread still works on it.
    for (boolean terminated = false; !terminated; ) {
      try {
        terminated = workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    blocks.forEach(GzipBlock::close);
    blocks.clear();
    broken = true;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks allocated so far. */
  int blockCount() {
    return blocks.size();
  }

  private void requireWritable() throws IOException {
    if (broken || finished) {
      throw new IOException(
          finished ? "the compressed stream is finished" : "an earlier write failed");
    }
  }

  private GzipBlock nextBlock() throws IOException {
    if (idle.isEmpty() && blocks.size() < blocksAllowed) {
      GzipBlock block = new GzipBlock(deflaters.get());
      blocks.add(block);
      return block;
    }
    if (idle.isEmpty()) {
      writeOldest();
    }
    return idle.removeFirst();
  }

  private void submitCurrent() {
    GzipBlock block = current;
    if (block != null) {
      inFlight.addLast(workers.submit(block::compress));
      current = null;
    }
  }

  private void writeOldest() throws IOException {
    broken = true;
    GzipBlock block = await(inFlight.removeFirst());
    writeHeldBackTrailer();
    block.writeBody(out);
    heldBackTrailer = block.trailer();
    idle.addLast(block);
    broken = false;
  }

  private void writeHeldBackTrailer() throws IOException {
    if (heldBackTrailer != null) {
      out.write(heldBackTrailer);
    }
    heldBackTrailer = null;
  }

  private static GzipBlock await(Future<GzipBlock> block) throws IOException {
    try {
      return block.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot compress: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
              ErrorKind.INTERRUPTED, "compress", "archive", "the work was interrupted")
          .withCause(e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tacvault-gzip");
    thread.setDaemon(true);
    return thread;
  }
}
