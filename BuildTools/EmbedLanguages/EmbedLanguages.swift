import Foundation
import PackagePlugin

/// Embeds the files of `Languages/`, a folder for each language, in the module as one Swift file.
///
/// SwiftPM's `embedInCode` names a resource by its base name alone, so two `words.txt` would collide.
@main
struct EmbedLanguages: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let folder = module.directoryURL.appending(path: "Languages")
    let files =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path } ?? []
    let output = context.pluginWorkDirectoryURL.appending(path: "LanguageFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) files of languages",
        executable: try context.tool(named: "embed-files").url,
        arguments: [output.path, folder.path] + files.map(\.path), inputFiles: files, outputFiles: [output])
    ]
  }
}
