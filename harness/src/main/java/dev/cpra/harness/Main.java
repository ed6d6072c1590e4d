package dev.cpra.harness;

import dev.cpra.harness.cli.EvalCommand;
import dev.cpra.harness.cli.FailedCommand;
import dev.cpra.harness.cli.GateCommand;
import dev.cpra.harness.cli.MicroCommand;
import dev.cpra.harness.cli.ProfileCommand;
import dev.cpra.harness.cli.SimulateCommand;
import dev.cpra.harness.cli.SizeCommand;
import dev.cpra.harness.cli.ValidateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The top command, `cpra`: finds the command asked for, and answers usage errors with exit code 2,
/// files that can't be read or written with 74, and defects with 70.
@Command(
    name = "cpra",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      EvalCommand.class,
      GateCommand.class,
      MicroCommand.class,
      ProfileCommand.class,
      SimulateCommand.class,
      SizeCommand.class,
      ValidateCommand.class
    },
    description = "Watches very many services, repairs them and raises alerts.",
    footer = {
      "",
      "The daemon: cpra run, check and plan, each with --help.",
      "",
      "Of those above, exit code 74: a file can't be read or written; 70: a defect of cpra."
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            .setParameterExceptionHandler(Main::usageError)
            .setExecutionExceptionHandler(
                (error, command, _) -> FailedCommand.report(error, command.getErr()))
            .execute(arguments));
  }

  /// One line that says what is wrong and where the help is; the whole usage would hide it.
  private static int usageError(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    command
        .getErr()
        .printf(
            "cpra: %s (see %s --help)%n",
            error.getMessage(), command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
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
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"cpra " + (version == null ? "development" : version)};
    }
  }
}
