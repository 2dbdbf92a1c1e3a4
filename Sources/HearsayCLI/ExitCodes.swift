import ArgumentParser

/// What `hearsay` exits with.
enum ExitStatus {
  /// Everything was done.
  static let success = ExitCode(0)
  /// Done, but documents failed or tests found something.
  static let findings = ExitCode(1)
  /// The command line or a pipeline file is wrong; nothing was run.
  static let usage = ExitCode(2)
  /// The run broke off: an output could not be written, a stage could not be opened.
  static let broken = ExitCode(3)
  /// The run was ended by a signal, 129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM, as in shells.
  static func ended(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }

  static let help = """
    Exit status: 0 all is done; 1 done, but documents failed or a test found a difference; 2 the command line or a \
    pipeline file is wrong, nothing was run; 3 the run broke off, an output cannot be written; 129, 130 or 143 \
    it was ended by SIGHUP, SIGINT or SIGTERM.
    """
}
