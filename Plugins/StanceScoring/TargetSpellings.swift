import HearsayText

/// How the names with a last word in common are spelled, and how often each way.
struct TargetSpellings {
  private struct Spelling {
    var range: Range<Int>
    var count = 0
  }

  private struct Group {
    /// The number of its usual spelling, and how often it was named.
    var usual: Int
    var count = 0
  }

  /// By a hash of their words.
  private var keys = KeyIndex()
  private var spellings: [Spelling] = []
  private var groups: [Group] = []

  /// No name has more words: more are a headline, or several names side by side.
  private static let mostWords = 4

  /// Notes a name of a group, the next group's number one more than that of all before it.
  ///
  /// - Returns: The number of its spelling.
  mutating func add(_ range: Range<Int>, of group: Int, _ tokens: Swift.Span<Token>) -> Int {
    var key = UInt64(group)
    for i in range { key = (key ^ UInt64(tokens[i].hash)) &* 0x9E37_79B9_7F4A_7C15 }
    let spelling = keys.insert(key)
    if spelling == spellings.count { spellings.append(Spelling(range: range)) }
    spellings[spelling].count += 1
    if group == groups.count { groups.append(Group(usual: spelling)) }
    groups[group].count += 1
    if isMoreUsual(spelling, than: groups[group].usual) { groups[group].usual = spelling }
    return spelling
  }

  /// The number of spellings.
  var count: Int { spellings.count }

  func count(of group: Int) -> Int { groups[group].count }

  /// The tokens of the usual spelling: of several words, the one that is used most.
  func usual(of group: Int) -> Range<Int> { spellings[groups[group].usual].range }

  /// Whether a spelling is that of another with the same last word, used more than once: `Bill Clinton` beside `Hillary
  /// Clinton`, but not `President Clinton` and `Hillary Rodham Clinton`.
  func isOther(_ spelling: Int, of group: Int, _ tokens: Swift.Span<Token>) -> Bool {
    let (name, usual) = (spellings[spelling].range, spellings[groups[group].usual].range)
    guard spellings[spelling].count > 1, (2...Self.mostWords).contains(name.count), usual.count > 1 else {
      return false
    }
    if tokens[name.lowerBound].hash == tokens[usual.lowerBound].hash { return false }
    for k in 1...min(name.count, usual.count)
    where tokens[name.upperBound - k].hash != tokens[usual.upperBound - k].hash { return true }
    return false
  }

  func count(ofSpelling spelling: Int) -> Int { spellings[spelling].count }

  /// Whether one of several words that are not a headline is used more, or as much and is shorter (`Ann Lee`, not `Mayor Ann
  /// Lee`). One that is met first when the word alone was met more than once is of another (`Virginia Democrats`).
  private func isMoreUsual(_ new: Int, than old: Int) -> Bool {
    let (new, old) = (spellings[new], spellings[old])
    guard new.range.count <= Self.mostWords else { return false }
    if old.range.count > Self.mostWords { return true }
    if old.range.count == 1 || new.range.count == 1 { return new.range.count > 1 && (new.count > 1 || old.count == 1) }
    return (new.count, old.range.count) > (old.count, new.range.count)
  }
}
