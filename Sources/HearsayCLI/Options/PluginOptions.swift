import ArgumentParser
import Foundation
import Hearsay
import HearsayPlugins

/// Stages from outside, for any verb: `--plugin FILE`, and those of `HEARSAY_PLUGIN_PATH`.
struct PluginOptions: ParsableArguments {
  @Option(
    name: .customLong("plugin"), parsing: .singleValue,
    help: """
      A library with stages of your own. May be repeated. The libraries in the folders of HEARSAY_PLUGIN_PATH are always \
      loaded.
      """, completion: .file(extensions: ["so", "dylib"]))
  var files: [String] = []

  /// The stages of this binary and of the plugins.
  func catalogue() throws -> Catalogue {
    var catalogue = HearsayCommand.catalogue
    let path = ProcessInfo.processInfo.environment[PluginPath.variable] ?? ""
    try reporting(PluginPath.variable) { () throws(PluginError) in
      for file in try PluginPath.libraries(in: path) { try catalogue.add(pluginAt: file) }
    }
    try reporting("--plugin") { () throws(PluginError) in
      for file in files { try catalogue.add(pluginAt: file) }
    }
    return catalogue
  }

  /// The libraries that the command line and the environment name.
  func paths() throws -> [String] {
    try PluginPath.libraries(in: ProcessInfo.processInfo.environment[PluginPath.variable] ?? "") + files
  }

  /// - Parameter source: Where the plugins were named.
  private func reporting(_ source: String, _ load: () throws(PluginError) -> Void) throws {
    do throws(PluginError) {
      try load()
    } catch {
      printError("\(source): error: \(error)")
      throw ExitStatus.usage
    }
  }
}
