public import ArgumentParser
import CHearsayPlugin
import Foundation
public import Hearsay
import HearsayText

/// The command line. A `main.swift` of your own adds stages and runs it:
///
/// ```swift
/// import HearsayCLI
/// HearsayCommand.main(adding: [Redact.self])
/// ```
public struct HearsayCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "hearsay",
    abstract: "Who said what, about whom, leaning which way: a text pipeline for news.",
    discussion: ExitStatus.help,
    version: HEARSAY_VERSION,
    subcommands: [
      RunCommand.self, StageCommand.self, StagesCommand.self, ValidateCommand.self, TestCommand.self,
      ExplainCommand.self, SchemaCommand.self, NewCommand.self,
    ])

  public init() {}

  /// The stages that this process knows.
  @TaskLocal static var catalogue = Catalogue.builtIn

  /// Runs the command line with the built-in stages and `stages`, then ends the process.
  ///
  /// - Parameter arguments: What was typed; the process's own arguments where `nil`.
  public static func main(adding stages: [any Stage.Type], _ arguments: [String]? = nil) -> Never {
    Foundation.exit(run(adding: stages, arguments ?? Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs the command line with the built-in stages and `stages`.
  ///
  /// - Returns: The exit status; see `hearsay --help`.
  public static func run(adding stages: [any Stage.Type], _ arguments: [String]) -> Int32 {
    // A closed pipe is an error of `write`, to be met where it occurs, not the death of the process.
    _ = signal(SIGPIPE, SIG_IGN)
    StandardDescriptors.openClosed()
    var catalogue = Catalogue.builtIn
    for stage in stages where !catalogue.add(stage) {
      printError("hearsay: there is a stage '\(stage.name)' already; a stage of your own needs another name")
      return ExitStatus.usage.rawValue
    }
    return $catalogue.withValue(catalogue) {
      do {
        var command = try parseAsRoot(arguments)
        try command.run()
        return ExitStatus.success.rawValue
      } catch let code as ExitCode {
        return code.rawValue
      } catch let error as OutputError where error.isClosedPipe {
        // Whoever read has seen enough.
        return ExitStatus.success.rawValue
      } catch let error as OutputError {
        printError("error: \(error)")
        return ExitStatus.broken.rawValue
      } catch {
        return report(error)
      }
    }
  }

  private static func report(_ error: any Error) -> Int32 {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code.isSuccess {
      do {
        // Help and completion scripts.
        try StandardOutput.write(exactly: message + "\n", onTerminal: .text)
        return code.rawValue
      } catch {
        printError("error: \(error)")
        return ExitStatus.broken.rawValue
      }
    }
    printError("\(message)")
    return code == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.broken.rawValue
  }
}
