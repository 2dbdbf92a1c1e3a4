import Foundation
import TestSupport

/// The built `hearsay`, run as a user runs it.
enum Binary {
  struct Result: Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The package's folder.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Beside the test runner.
  static let url = Bundle.main.executableURL.map { $0.resolvingSymlinksInPath() }?
    .deletingLastPathComponent().appendingPathComponent("hearsay")

  /// Runs `hearsay` in the package's folder until it ends.
  static func run(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:], folder: URL = package
  ) throws -> Result {
    try run(arguments, bytes: Data((input ?? "").utf8), environment: environment, folder: folder)
  }

  /// The same with any bytes on standard input.
  static func run(
    _ arguments: [String], bytes: Data, environment: [String: String] = [:], folder: URL = package
  ) throws -> Result {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    return try finish(process, input: bytes)
  }

  /// Runs a line of shell with `hearsay` on the PATH.
  static func shell(
    _ line: String, input: String? = nil, folder: URL = package, environment more: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-o", "pipefail", "-c", line]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = (url?.deletingLastPathComponent().path ?? "") + ":" + (environment["PATH"] ?? "")
    process.environment = environment.merging(more) { $1 }
    return try finish(process, input: Data((input ?? "").utf8))
  }

  /// Runs a line of shell whose output and errors are a terminal; both come out as `output`, byte for byte.
  static func terminal(_ line: String, folder: URL = package) throws -> Result {
    let script = """
      import os, pty, sys
      child, terminal = pty.fork()
      if child == 0:
          os.execvp("bash", ["bash", "-c", "stty -onlcr; " + os.environ["LINE"]])
      while True:
          try:
              piece = os.read(terminal, 65536)
          except OSError:
              break
          if not piece:
              break
          os.write(1, piece)
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """
    return try shell("python3 -c \"$SCRIPT\"", folder: folder, environment: ["LINE": line, "SCRIPT": script])
  }

  private static func finish(_ process: Process, input: Data) throws -> Result {
    let finished = try process.finish(input: input)
    return Result(
      status: finished.status, output: String(decoding: finished.output, as: UTF8.self),
      errors: String(decoding: finished.errors, as: UTF8.self))
  }
}

/// A folder that goes when the test does.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> URL { try file(name, Data(text.utf8)) }

  @discardableResult
  func file(_ name: String, _ data: Data) throws -> URL {
    let url = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url
  }
}
