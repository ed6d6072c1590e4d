package dev.cpra.daemon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The daemon's side of `cpra`: finds the command asked for and answers usage errors with exit code
/// 2.
@Command(
    name = "cpra",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {RunCommand.class, CheckCommand.class, PlanCommand.class},
    description = "Watches very many services, repairs them and raises alerts.")
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /// The commands, ready to be executed.
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler((error, _) -> usageError(error));
  }

  /// One line: what is wrong, and where the help is.
  private static int usageError(ParameterException error) {
    CommandSpec command = error.getCommandLine().getCommandSpec();
    error
        .getCommandLine()
        .getErr()
        .printf("cpra: %s (see %s --help)%n", error.getMessage(), command.qualifiedName());
    return command.exitCodeOnInvalidInput();
  }

  /// Called without a command, which is a usage error.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /// The version of the build, or `development` when run from class folders.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"cpra " + number()};
    }

    static String number() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }
  }
}
