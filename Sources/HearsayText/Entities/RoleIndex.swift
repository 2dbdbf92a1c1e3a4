/// Which of those named has a title or a role: `mayor`, `foreign minister`, `Republican nominee`.
public struct RoleIndex: Sendable {
  /// Keys for the word of a role, and for each word before it with that; after each the one that has it, or -1 where
  /// several do.
  private var keys = InternTable()
  private var bearers: [Int] = []

  /// Notes that an entity is what the words name, the last of them a title or a role.
  mutating func note(_ words: Range<Int>, of entity: Int, _ tokens: Swift.Span<Token>) {
    guard let role = words.last else { return }
    for word in words {
      let index = keys.insert(Self.key(word, role, tokens))
      if index == bearers.count { bearers.append(entity) } else if bearers[index] != entity { bearers[index] = -1 }
    }
  }

  /// The one that the words name: each word before the role must describe it, too. `nil` where none or several may be meant.
  public func bearer(of words: Range<Int>, _ tokens: Swift.Span<Token>) -> Int? {
    guard let role = words.last else { return nil }
    var found: Int?
    for word in words where words.count == 1 || word != role {
      guard let index = keys.index(of: Self.key(word, role, tokens)) else { return nil }
      let bearer = bearers[index]
      if bearer < 0 { continue }
      if let found, found != bearer { return nil }
      found = bearer
    }
    return found
  }

  private static func key(_ word: Int, _ role: Int, _ tokens: Swift.Span<Token>) -> UInt64 {
    let hash = UInt64(tokens[role].hash)
    return word == role ? hash : hash << 32 | UInt64(tokens[word].hash)
  }
}
