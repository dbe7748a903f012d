package org.tacvault.engine.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Loads the engine with a {@linkplain Failpoints#reached failpoint} before and after every call
 * that may change a file or a database, or that tells a listener of a step. Becomes the class
 * loader of a process by {@code -Djava.system.class.loader}.
 */
public final class FailpointLoader extends ClassLoader {
  private static final String ENGINE = "org.tacvault.engine.";
  private static final String FAILPOINTS = "org/tacvault/engine/testing/Failpoints";
  private static final Map<String, Set<String>> CALLS =
      Map.of(
          "java/nio/file/Files",
          Set.of(
              "copy",
              "createDirectories",
              "createDirectory",
              "createFile",
              "createLink",
              "delete",
              "deleteIfExists",
              "move",
              "newOutputStream",
              "write"),
          "java/nio/channels/FileChannel",
          Set.of("force", "open", "truncate", "write"),
          "java/sql/DriverManager",
          Set.of("getConnection"),
          "java/sql/Connection",
          Set.of("close", "commit", "rollback"),
          "java/sql/Statement",
          Set.of("execute", "executeUpdate"),
          "java/sql/PreparedStatement",
          Set.of("execute", "executeUpdate"),
          "org/sqlite/core/DB",
          Set.of("backup", "restore"),
          "org/tacvault/engine/destination/local/PartFile$Linker",
          Set.of("link"),
          "org/tacvault/engine/restore/RestoreListener",
          Set.of("step"),
          "org/tacvault/engine/backup/BackupListener",
          Set.of("stage"));

  /** The constructor that {@code -Djava.system.class.loader} asks for. */
  public FailpointLoader(ClassLoader parent) {
    super(parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(ENGINE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    URL file = getResource(name.replace('.', '/') + ".class");
    if (file == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = file.openStream()) {
      byte[] code = in.readAllBytes();
      byte[] watched = file.getPath().contains("/test-classes/") ? code : watched(code);
      return defineClass(name, watched, 0, watched.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static byte[] watched(byte[] code) {
    ClassReader reader = new ClassReader(code);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Watcher(writer, reader.getClassName()), 0);
    return writer.toByteArray();
  }

  private static final class Watcher extends ClassVisitor {
    private final String watched;

    Watcher(ClassVisitor next, String className) {
      super(Opcodes.ASM9, next);
      this.watched = className.substring(className.lastIndexOf('/') + 1);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new Calls(next, watched + "." + name);
    }
  }

  private static final class Calls extends MethodVisitor {
    private final String caller;

    Calls(MethodVisitor next, String caller) {
      super(Opcodes.ASM9, next);
      this.caller = caller;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean watched = CALLS.getOrDefault(owner, Set.of()).contains(name);
      String point = caller + ">" + owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
      if (watched) {
        reached(owner, "before " + point);
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (watched) {
        reached(owner, "after " + point);
      }
    }

    private void reached(String owner, String point) {
      super.visitLdcInsn(owner);
      super.visitLdcInsn(point);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          FAILPOINTS,
          "reached",
          "(Ljava/lang/String;Ljava/lang/String;)V",
          false);
    }
  }
}
