import Hearsay
import HearsayText

/// Targets that are found in the text, where none are given.
extension TargetMentions {
  /// Names of persons, bodies and places, and groups that are named more than once (`Baltic ports`). Who is named as one and the
  /// same is one target, named as speakers are.
  init(
    discoveredIn pronounResolver: PronounResolver, _ tokens: [Token], _ text: Swift.Span<UInt8>, minimumMentions: Int
  ) {
    var keys = InternTable(minimumCapacity: min(pronounResolver.names.mentions.count, 1 << 16))
    var groups: [Group] = []
    var groupOf: [Int] = []
    let found = Self.found(pronounResolver, tokens, text)
    groupOf.reserveCapacity(found.count)
    for one in found {
      let group = keys.insert(one.key)
      if group == groups.count { groups.append(Group(first: one)) }
      groups[group].count += 1
      groups[group].isOpening =
        groups[group].isOpening && one.tokens.count == 1 && tokens.span.beginsSentence(one.tokens.lowerBound)
      groupOf.append(group)
    }
    Self.leaveOutWords(&groups, tokens)
    var mentions: [Mention] = []
    mentions.reserveCapacity(found.count)
    for (one, group) in zip(found, groupOf) where groups[group].count >= minimumMentions {
      if groups[group].name < 0 {
        groups[group].name = names.count
        let bytes = [UInt8](copying: text, groups[group].span(pronounResolver, tokens).range)
        names.append(String(decoding: bytes, as: UTF8.self))
      }
      mentions.append(Mention(tokens: one.tokens, target: groups[group].name))
    }
    add(mentions)
  }

  /// A place where something is named that may be a target.
  private struct Found {
    var tokens: Range<Int>
    /// The number of who is named there; `nil` for a group and for a noun in capitals: `Congress`.
    var entity: Int?
    /// Tells which others name the same.
    var key: UInt64
  }

  private struct Group {
    var first: Found
    var count = 0
    /// Whether it is one word, and a sentence begins with it each time.
    var isOpening = true
    /// The index of its name, once it has one.
    var name = -1

    init(first: Found) { self.first = first }

    func span(_ pronounResolver: PronounResolver, _ tokens: [Token]) -> Span {
      if let entity = first.entity { return pronounResolver.analysis.span(pronounResolver.names.entities[entity].name) }
      return Span(tokens[first.tokens.lowerBound].start, tokens[first.tokens.upperBound - 1].end)
    }
  }

  /// No name has more words in capitals: more are a headline, or several names side by side.
  private static let mostWords = 4

  /// All that is named, in order: the names of the text, and what else has capitals (`the Senate`).
  private static func found(_ pronounResolver: PronounResolver, _ tokens: [Token], _ text: Swift.Span<UInt8>) -> [Found]
  {
    let names = pronounResolver.names
    var found: [Found] = []
    found.reserveCapacity(names.mentions.count)
    var places = TokenPlaces(pronounResolver.analysis, tokens)
    var runs = CapitalRuns(tokens)
    var run = runs.next()
    for mention in names.mentions {
      guard let place = places.place(of: mention.name) else { continue }
      while let before = run, before.upperBound <= place.lowerBound {
        addNoun(before, tokens, text, to: &found)
        run = runs.next()
      }
      let entity = names.entities[mention.entity]
      if entity.isWord || found.last.map({ $0.tokens.overlaps(place) }) ?? false { continue }
      if !entity.isPerson || entity.isBody, let whole = run, whole.count <= mostWords, isPart(place, of: whole) {
        // "Dallas Morning News", where `Morning` alone is no name.
        addNoun(whole, tokens, text, to: &found)
      } else if place.count > 1 || !StanceWords.shipped.entry(of: tokens[place.lowerBound]).notes.isNoName {
        found.append(one(place, mention.entity, tokens, text))
      }
    }
    while let noun = run {
      addNoun(noun, tokens, text, to: &found)
      run = runs.next()
    }
    return found
  }

  private static func isPart(_ place: Range<Int>, of run: Range<Int>) -> Bool {
    place.count < run.count && run.lowerBound <= place.lowerBound && place.upperBound <= run.upperBound
  }

  /// What is named by tokens, with the noun of a group behind them.
  private static func one(_ place: Range<Int>, _ entity: Int?, _ tokens: [Token], _ text: Swift.Span<UInt8>) -> Found {
    if isGroup(place.upperBound, tokens, text) {
      let group = place.lowerBound..<place.upperBound + 1
      return Found(tokens: group, key: key(group.suffix(2), tokens))
    }
    return Found(tokens: place, entity: entity, key: entity.map { UInt64($0) | 1 << 63 } ?? key(place, tokens))
  }

  /// A key for words, none that an entity has.
  private static func key(_ words: Range<Int>, _ tokens: [Token]) -> UInt64 {
    words.reduce(0) { ($0 ^ UInt64(tokens[$1].hash)) &* 0x9E37_79B9_7F4A_7C15 } >> 1
  }

  /// Adds a run in capitals, unless a name of it was added, or it is a word that its sentence begins with.
  private static func addNoun(
    _ run: Range<Int>, _ tokens: [Token], _ text: Swift.Span<UInt8>, to found: inout [Found]
  ) {
    if let last = found.last, last.tokens.overlaps(run) { return }
    if run.count == 1, isOpener(run.lowerBound, tokens, text) { return }
    found.append(one(run, nil, tokens, text))
  }

  /// Whether a word is no name: a contraction, or one that its sentence only begins with.
  private static func isOpener(_ index: Int, _ tokens: [Token], _ text: Swift.Span<UInt8>) -> Bool {
    switch NameHint.of(tokens[index], in: text) {
    case .opener?: tokens.span.beginsSentence(index)
    case .contraction?: true
    default: false
    }
  }

  /// A capitalised adjective with a plural noun behind it: `Nordic banks`, `Baltic ports`.
  private static func isGroup(_ index: Int, _ tokens: [Token], _ text: Swift.Span<UInt8>) -> Bool {
    guard index < tokens.count, tokens[index].kind == .word, tokens[index].shape == .lower, tokens[index].gap == .space,
      tokens[index].count >= 5, text[tokens[index].end - 1] == UInt8(ascii: "s"),
      text[tokens[index].end - 2] != UInt8(ascii: "s")
    else { return false }
    let adjective = tokens[index - 1]
    let endings: [StaticString] = ["an", "ic", "ish", "ese", "al"]
    return endings.contains { ending in
      let length = ending.utf8CodeUnitCount
      guard Int(adjective.count) > length + 2 else { return false }
      return (0..<length).allSatisfy { unsafe text[adjective.end - length + $0] == ending.utf8Start[$0] }
    }
  }

  /// Leaves out what a sentence begins with and what stands in small letters elsewhere: a word, `Better`.
  private static func leaveOutWords(_ groups: inout [Group], _ tokens: [Token]) {
    var opening = BloomFilter()
    var groupOf: [UInt32: Int] = [:]
    for (index, group) in groups.enumerated() where group.isOpening && group.first.entity == nil {
      let hash = tokens[group.first.tokens.lowerBound].hash
      opening.insert(hash)
      groupOf[hash] = index
    }
    if opening.isEmpty { return }
    for i in tokens.indices where opening.mayContain(tokens[i].hash) && tokens[i].shape == .lower {
      if let group = groupOf[tokens[i].hash] { groups[group].count = 0 }
    }
  }
}

/// The runs of capitalised words in a text, without those that begin none.
private struct CapitalRuns {
  private let tokens: [Token]
  private let words = StanceWords.shipped
  private var i = 0

  /// No run is longer, in words.
  private static let longest = 6

  init(_ tokens: [Token]) { self.tokens = tokens }

  mutating func next() -> Range<Int>? {
    while i < tokens.count {
      guard isWord(i) else {
        i += 1
        continue
      }
      var (start, end) = (i, i + 1)
      while end < tokens.count, end - start < Self.longest, tokens[end].gap == .space, isWord(end) { end += 1 }
      i = end
      while start < end, words.entry(of: tokens[start]).notes.isNoName { start += 1 }
      // What a common noun ends is an office, not a name: `Prime Minister`.
      if start < end, !words.entry(of: tokens[end - 1]).notes.isNoName { return start..<end }
    }
    return nil
  }

  private func isWord(_ i: Int) -> Bool {
    tokens[i].kind == .word && tokens[i].isCapitalised && tokens[i].shape != .initial
  }
}
