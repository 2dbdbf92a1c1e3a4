internal import Hearsay

extension InputSettings {
  /// The extensions of files whose documents have another length than the file.
  private static let otherLengths = Set(
    DecompressedSource.fileExtensions + ArchiveKind.fileExtensions
      + InputFormats.all.filter { !$0.isMostlyDocuments }.flatMap(\.fileExtensions))

  /// The length of all inputs in bytes, for the progress of a run; `nil` where one is a pipe or the standard input,
  /// or is by its name compressed or an archive: its documents have another length.
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
        let hasOtherLength = path.splitAtExtension.map { otherLengths.contains($0.name) } ?? false
        guard status.kind == .file, !hasOtherLength else { return nil }
        total += status.size
      }
    }
    return total
  }
}
