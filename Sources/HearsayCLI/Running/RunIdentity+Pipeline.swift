import Foundation
import Hearsay
import HearsayPlugins
import HearsayRunner
import HearsayStreams

extension RunIdentity {
  /// What a run of the pipeline with this text is.
  ///
  /// - Parameters:
  ///   - plugins: The libraries that the pipeline, the command line and the environment name.
  ///   - options: What else decides what comes out.
  init(text: [UInt8], plugins: [String], options: [String], inputs: [String]) {
    let environment = ProcessInfo.processInfo.environment
    let variables = Self.variables(in: text).map { ($0, environment[$0] ?? "") }
    self.init(
      program: "\(unsafe String(cString: Plugin.fingerprint)), build \(Self.build)", pipeline: Self.hash(text),
      variables: Dictionary(variables, uniquingKeysWith: { $1 }), options: options,
      plugins: Dictionary(
        plugins.map { ($0, Self.hash(ofFile: $0)) },
        uniquingKeysWith: { $1 }), inputs: inputs)
  }

  /// A hash of the running program's file: two builds of one version may work differently.
  private static let build: String = {
    let link = "/proc/self/exe"
    let path = FileManager.default.fileExists(atPath: link) ? link : Bundle.main.executablePath
    return path.map(hash(ofFile:)) ?? "unknown"
  }()

  private static func hash(ofFile path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "none" }
    defer { try? file.close() }
    var hash = XXH64()
    while let bytes = try? file.read(upToCount: 1 << 20), !bytes.isEmpty { hash.update(bytes.span) }
    return hash.digest
  }

  private static func hash(_ bytes: [UInt8]) -> String {
    var hash = XXH64()
    hash.update(bytes.span)
    return hash.digest
  }

  /// The names in `${NAME}` and `${NAME:-default}`, wherever they stand.
  private static func variables(in text: [UInt8]) -> [String] {
    String(decoding: text, as: UTF8.self).components(separatedBy: "${").dropFirst().map { rest in
      String(rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
  }
}
