/// How often each of several things was done, by name: what a stage reports of its work beside what it writes.
///
/// ```swift
/// document.counts.add(edits.count, of: "mojibake")
/// ```
///
/// A run sums them over its documents and shows them under the stage in its table.
public struct StageCounters: Sendable, Hashable {
  /// A number by its name.
  public struct Entry: Sendable, Hashable {
    /// In `snake_case`, as in names of metrics.
    public var name: String
    public var count: Int
  }

  /// In the order of their names; none is 0.
  public private(set) var entries: [Entry] = []

  public init() {}

  public var isEmpty: Bool { entries.isEmpty }

  /// The number of that name; 0 where there is none.
  public subscript(name: String) -> Int { entries.first { $0.name == name }?.count ?? 0 }

  /// Adds to the number of that name. Nothing is kept of a 0, and adding it costs nothing.
  public mutating func add(_ count: Int, of name: String) {
    guard count != 0 else { return }
    let place = entries.firstIndex { $0.name >= name } ?? entries.endIndex
    if place < entries.endIndex, entries[place].name == name {
      entries[place].count &+= count
    } else {
      entries.insert(Entry(name: name, count: count), at: place)
    }
  }

  public static func += (counts: inout StageCounters, more: StageCounters) {
    for entry in more.entries { counts.add(entry.count, of: entry.name) }
  }

  /// Returns the counts and resets them to zero.
  public mutating func drain() -> StageCounters {
    var taken = StageCounters()
    swap(&taken, &self)
    return taken
  }
}
