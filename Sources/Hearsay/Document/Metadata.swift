/// What is known of a document, by key, in the order in which it became known.
public struct Metadata: Hashable, Sendable, Sequence, ExpressibleByDictionaryLiteral {
  private var members: [JSONValue.Member]
  /// As many are looked through faster than they are hashed.
  private static let few = 12

  /// Metadata of these members. Of two with the same key the last counts.
  public init(_ members: [JSONValue.Member] = []) {
    guard members.count > Self.few else {
      self.members = []
      for member in members { self[member.key] = member.value }
      return
    }
    // By key, so that an object of a million members costs no more than they are.
    var indices: [String: Int] = [:]
    self.members = []
    self.members.reserveCapacity(members.count)
    for member in members {
      if let index = indices.updateValue(self.members.count, forKey: member.key) {
        self.members[index].value = member.value
        indices[member.key] = index
      } else {
        self.members.append(member)
      }
    }
  }

  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { JSONValue.Member($0.0, $0.1) })
  }

  public var isEmpty: Bool { members.isEmpty }

  public subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(JSONValue.Member(key, value))
      case (nil, nil): break
      }
    }
  }

  /// Sets `key` unless it is known already.
  public mutating func setDefault(_ value: String, forKey key: String) {
    if self[key] == nil { self[key] = .string(value) }
  }

  public func makeIterator() -> IndexingIterator<[JSONValue.Member]> { members.makeIterator() }

  /// The metadata as a JSON object.
  public var json: JSONValue { .object(members) }
}
