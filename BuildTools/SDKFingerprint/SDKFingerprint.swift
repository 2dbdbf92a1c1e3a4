import Foundation
import PackagePlugin

/// Hashes the sources of the SDK whenever the SDK is built: see `hash-sdk`.
@main struct SDKFingerprint: BuildToolPlugin {
  /// The modules that a plugin is linked with: their types cross between it and its host.
  private static let modules = ["Hearsay", "HearsayText"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let sources = try context.package.targets.filter { Self.modules.contains($0.name) }.flatMap { target in
      try swiftFiles(in: target.directoryURL)
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "Plugin+Fingerprint.swift")
    return [
      .buildCommand(
        displayName: "Hashing the SDK's sources", executable: try context.tool(named: "hash-sdk").url,
        arguments: [output.path(percentEncoded: false)] + sources.map { $0.path(percentEncoded: false) },
        inputFiles: sources, outputFiles: [output])
    ]
  }

  private func swiftFiles(in folder: URL) throws -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
      .sorted { $0.path < $1.path }
  }
}
