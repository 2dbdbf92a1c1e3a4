/// The layers that a stage reads and writes, from which a pipeline is checked before it runs.
///
/// ```swift
/// static let layers = LayerUse(reads: [Sentences.self], writes: [Quotes.self])
/// ```
public struct LayerUse: Sendable, Hashable {
  /// A layer: by its type, or by its name alone where it has no type here, as for a program in another language.
  public struct Reference: Sendable, Hashable {
    public let name: String
    public let type: (any Layer.Type)?

    public init(_ type: any Layer.Type) {
      name = type.name
      self.type = type
    }

    public init(named name: String) {
      self.name = name
      type = nil
    }

    public static func == (a: Self, b: Self) -> Bool { a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  /// Layers that must have been written before it.
  public var reads: [Reference]
  /// Layers that it uses where they are there.
  public var optionalReads: [Reference]
  /// Layers that it writes.
  public var writes: [Reference]

  public init(
    reads: [any Layer.Type] = [], optionalReads: [any Layer.Type] = [], writes: [any Layer.Type] = []
  ) {
    self.reads = reads.map(Reference.init)
    self.optionalReads = optionalReads.map(Reference.init)
    self.writes = writes.map(Reference.init)
  }

  /// The layers of these names, as options give them.
  public init(readsNamed reads: [String], writesNamed writes: [String]) {
    self.reads = reads.map(Reference.init(named:))
    optionalReads = []
    self.writes = writes.map(Reference.init(named:))
  }

  /// Every layer that is read or written and has a type.
  public var types: [any Layer.Type] { (reads + optionalReads + writes).compactMap(\.type) }
}
