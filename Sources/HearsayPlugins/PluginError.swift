/// Why a plugin cannot be used: which file, and what to do.
public struct PluginError: Error, Hashable, Sendable, CustomStringConvertible {
  public var code: Code
  /// The library.
  public var path: String
  /// What is wrong, as a clause.
  public var problem: String

  public struct Code: Hashable, Sendable {
    /// There is no such file.
    public static let notFound = Code("not_found")
    /// The file is no shared library.
    public static let notALibrary = Code("not_a_library")
    /// The library is for another processor.
    public static let wrongArchitecture = Code("wrong_architecture")
    /// The system cannot load the library.
    public static let unloadable = Code("unloadable")
    /// The library has nothing that makes it a plugin.
    public static let notAPlugin = Code("not_a_plugin")
    /// The plugin was built with another SDK or compiler.
    public static let wrongFingerprint = Code("wrong_fingerprint")
    /// The plugin lacks its entry.
    public static let missingSymbol = Code("missing_symbol")
    /// The plugin brings a stage whose name is taken.
    public static let duplicateStage = Code("duplicate_stage")

    private let name: String
    private init(_ name: String) { self.name = name }
  }

  init(_ code: Code, _ path: String, _ problem: String) {
    self.code = code
    self.path = path
    self.problem = problem
  }

  public var description: String { "plugin '\(path)' \(problem)" }
}
