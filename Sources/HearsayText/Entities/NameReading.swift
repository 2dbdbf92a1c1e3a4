/// What a run of capitalised words and the words around it say: the name in it, whose it is, and the office it holds.
struct NameReading {
  /// The run without titles and roles.
  private(set) var name: Range<Int>
  private(set) var gender = Gender.unknown
  /// Whether a first name, a title or a role shows that it is a person.
  private(set) var isPerson = false
  private(set) var beginsWithFirstName = false
  /// The title or role before the name.
  private var role: Int?

  init(_ run: Range<Int>, _ words: borrowing NameWords) {
    let tokens = words.tokens
    name = run
    // "Justice Department": what stands before is no title.
    if run.count > 1, case .organizationWord = words.hint(run.upperBound - 1) { return }
    var start = run.lowerBound
    let before = start - 1
    let hintBefore = before >= 0 && words.classes[before].isNoun ? words.hint(before) : nil
    if case .title(let told) = hintBefore {
      gender = told
      isPerson = told != .unknown
    }
    var k = start
    while k + 1 < run.upperBound {
      switch words.hint(k) {
      case .title(let told):
        if told != .unknown { gender = told }
        isPerson = true
        role = k
        start = k + 1
      // "Charlotte Mayor Ann Lee" is not Charlotte, and "the Charlotte Mayor" nobody, but "Larry King" is.
      case .first(let told)
      where k >= start && tokens[k].shape == .capitalised
        && (!words.classes[k + 1].isRole || run.count == 2 && words.isTitle(k + 1) && !words.isBehindDeterminer(run))
        && (k == run.lowerBound || !words.isDirection(k - 1)):
        if gender == .unknown { gender = told }
        isPerson = true
        beginsWithFirstName = true
        if k > start, words.isRole(k - 1) { role = k - 1 }
        start = k
        k = run.upperBound
      // "Chancellor Ann Lee", but "Premier League".
      case .role where k + 2 < run.upperBound:
        isPerson = true
        role = k
        start = k + 1
      default:
        if words.classes[k].isRole, tokens[k + 1].kind != .possessive {
          isPerson = true
          role = k
          start = k + 1
        } else if tokens[k].kind == .mark, k == start {
          start = k + 1
        }
      }
      k += 1
    }
    name = start..<run.upperBound
    // "Harbour Authority director" and "Mayor" stand before names in small letters too.
    guard role == nil, before >= 0, tokens[before].kind == .word, tokens[run.lowerBound].gap == .space else { return }
    var isRole = words.classes[before].isRole
    if case .role = hintBefore { isRole = true }
    if isRole {
      role = before
      isPerson = isPerson || run.count > 1
    }
  }

  /// No more words before a role are taken for part of it.
  private static let mostModifiers = 3

  /// The title or role before the name, with the words that say which: `Republican presidential nominee`.
  func roleBefore(_ words: borrowing NameWords) -> Range<Int>? {
    guard let role else { return nil }
    let tokens = words.tokens
    var start = role
    while start > 0, role - start < Self.mostModifiers, tokens[start].gap == .space, tokens[start - 1].kind == .word,
      !words.roles[start - 1].isFunction, !words.roles[start - 1].isCue, words.classes[start - 1] != .determiner
    { start -= 1 }
    return start..<role + 1
  }

  /// What stands after a name.
  struct FollowingWords {
    /// Whether only people are described so: `Quina Jones, 25`, `Lee Tan, who`, `Lee Tan, an adviser to`.
    private(set) var isPerson = false
    /// A role: `Tim Cook, the chief executive of`.
    private(set) var role: Range<Int>?

    init(_ run: Range<Int>, _ words: borrowing NameWords) {
      let tokens = words.tokens
      var k = run.upperBound
      if k < tokens.count, tokens[k].mark == .comma { k += 1 }
      guard k < tokens.count else { return }
      if words.isWord(k, "who") {
        isPerson = true
        return
      }
      guard k > run.upperBound else { return }
      if words.classes[k] == .number {
        isPerson = tokens[k].count == 2 && k + 1 < tokens.count && tokens[k + 1].mark == .comma
        return
      }
      if words.classes[k] == .determiner { k += 1 }
      let start = k
      while k < min(tokens.count, start + 6), tokens[k].kind != .mark, !words.roles[k].isFunction {
        if tokens[k].kind == .possessive { return }
        if words.isRole(k) { role = start..<k + 1 }
        k += 1
      }
      isPerson = role != nil
    }
  }
}
