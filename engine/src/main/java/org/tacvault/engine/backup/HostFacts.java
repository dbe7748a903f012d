package org.tacvault.engine.backup;

/**
 * What the manifest and the catalog say about the machine.
 *
 * @param owner names this process, {@code <pid>@<hostname>}
 */
public record HostFacts(
    String hostname, String owner, String serverVersion, String javaVersion, String platform) {}
