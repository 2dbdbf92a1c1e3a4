import Foundation

/// The folders and libraries that are named for all runs, in the variable `HEARSAY_PLUGIN_PATH`.
public enum PluginPath {
  public static let variable = "HEARSAY_PLUGIN_PATH"

  /// The libraries of a path such as `/opt/hearsay:lib/libRedact.so`: a folder stands for the libraries in it, in the
  /// order of their names, the SDK that was built along with them aside.
  public static func libraries(in path: String) throws(PluginError) -> [String] {
    var libraries: [String] = []
    for part in path.split(separator: ":").map(String.init) {
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: part, isDirectory: &isFolder), isFolder.boolValue else {
        libraries.append(part)
        continue
      }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: part) else {
        throw PluginError(.notFound, part, "cannot be read")
      }
      let plugins = names.filter { $0.hasSuffix(libraryEnding) && !$0.hasPrefix("libHearsaySDK") }
      libraries += plugins.sorted().map { "\(part)/\($0)" }
    }
    return libraries
  }

  #if canImport(Darwin)
    private static let libraryEnding = ".dylib"
  #else
    private static let libraryEnding = ".so"
  #endif
}
