/// The records of a file that were left out because of their kind.
struct OmittedRecords: Sendable {
  private var counts: [String: Int] = [:]

  var isEmpty: Bool { counts.isEmpty }

  mutating func add(_ kind: String) { counts[kind, default: 0] += 1 }

  /// A notice for each kind, in order of the kinds' names.
  func notices(for path: String) -> [InputNotice] {
    counts.sorted { $0.key < $1.key }.map { .leftOut($0.value, $0.key, of: path) }
  }
}
