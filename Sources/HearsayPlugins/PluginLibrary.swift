import Foundation
public import Hearsay

/// A shared library with stages, built outside of this program.
///
/// Nothing of it runs before its fingerprint, plain C text, is found in its file and equals our own: the Swift values
/// that it hands over are laid out as its SDK and compiler had it.
public enum PluginLibrary {
  static let fingerprintSymbol = "hearsay_plugin_fingerprint"
  static let entrySymbol = "hearsay_plugin"

  /// Loads the library at `path` for the rest of the process, and gives its stages.
  public static func stages(at path: String) throws(PluginError) -> [any Stage.Type] {
    let ours = unsafe String(cString: Plugin.fingerprint)
    try LibraryHeader.check(path)
    try FileFingerprint.check(path, ours: ours)
    // A bare name would be looked for in the system's folders.
    let file = path.contains("/") ? path : "./\(path)"
    guard let library = unsafe dlopen(file, RTLD_NOW | RTLD_LOCAL) else {
      throw PluginError(.unloadable, path, "cannot be loaded: \(lastError)")
    }
    guard let symbol = unsafe dlsym(library, fingerprintSymbol) else {
      throw .notAPlugin(path)
    }
    let theirs = unsafe String(cString: unsafeBitCast(symbol, to: (@convention(c) () -> UnsafePointer<CChar>).self)())
    guard theirs == ours else { throw .wrongFingerprint(path, theirs: theirs, ours: ours) }
    guard let symbol = unsafe dlsym(library, entrySymbol) else {
      throw PluginError(.missingSymbol, path, "has no '\(entrySymbol)', from which its stages come")
    }
    let entry = unsafe unsafeBitCast(symbol, to: (@convention(c) () -> UnsafeMutableRawPointer).self)
    return unsafe Plugin.takeRetained(from: entry()).stages
  }

  private static var lastError: String {
    unsafe dlerror().map { unsafe String(cString: $0) } ?? "the system says not why"
  }
}

extension PluginError {
  static func notAPlugin(_ path: String) -> PluginError {
    PluginError(.notAPlugin, path, "is no plugin of Hearsay: it has no '\(PluginLibrary.fingerprintSymbol)'")
  }

  static func wrongFingerprint(_ path: String, theirs: String, ours: String) -> PluginError {
    PluginError(
      .wrongFingerprint, path, "was built with \(theirs), and this is \(ours); build it again with the same of both")
  }
}

extension Catalogue {
  /// Adds the stages of the plugin at `path`. Those that are there already, because it was added before, stay.
  ///
  /// - Returns: The names of its stages.
  @discardableResult
  public mutating func add(pluginAt path: String) throws(PluginError) -> [String] {
    let stages = try PluginLibrary.stages(at: path)
    for stage in stages where !add(stage) && !contains(stage) {
      throw PluginError(
        .duplicateStage, path, "brings a stage '\(stage.name)', and there is one of that name already; rename it")
    }
    return stages.map { $0.name }
  }
}
