extension InputSettings {
  private static let packed = [".gz", ".zst", ".zip", ".tgz", ".tar", ".warc"]

  /// The length of all inputs in bytes, for telling how far a run is; `nil` where one is a pipe or the standard input, or
  /// is by its name compressed or an archive: its documents are of another length.
  ///
  /// - Complexity: O(files): every folder is walked.
  public static func byteCount(of arguments: [String], followsLinks: Bool = false) -> Int? {
    var walker = InputWalker(arguments, followsLinks: followsLinks)
    var total = 0
    while let item = walker.next() {
      switch item {
      case .failure: continue
      case .standardInput: return nil
      case .file(let path, let status):
        let isPacked = packed.contains { path.lowercased().hasSuffix($0) }
        guard status.kind == .file, !isPacked else { return nil }
        total += status.size
      }
    }
    return total
  }

  /// What is wrong with the named inputs as far as can be told without reading: paths that are not there.
  public static func missingInputs(among arguments: [String]) -> [InputError] {
    arguments.compactMap { argument in
      guard argument != "-", !GlobPattern.isPattern(argument) else { return nil }
      do throws(SystemError) {
        _ = try PathStatus(of: argument)
        return nil
      } catch {
        return .cannotFind(argument, error)
      }
    }
  }
}
