package org.tacvault.cli;

import org.tacvault.engine.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The command above all commands: holds the common options, does nothing itself. */
@Command(
    name = "tacvault",
    description = "Backs up and safely restores TACACS+ servers.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Tacvault.BuildVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class Tacvault {
  @Mixin private CommonOptions options = new CommonOptions();

  private final Surroundings surroundings;

  Tacvault(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  CommonOptions options() {
    return options;
  }

  /** What the running command works with; to be asked for after parsing. */
  CommandContext context() {
    return new CommandContext(options, surroundings);
  }

  static final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "tacvault " + Version.current(), "Java ${java.version}, ${os.name} ${os.arch}"
      };
    }
  }
}
