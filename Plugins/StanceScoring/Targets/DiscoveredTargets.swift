import Hearsay
import HearsayText

/// Discovers targets in the text, where none are configured.
extension TargetMentions {
  /// The names of persons, organizations and places, and groups (`Baltic ports`), that have at least `minimumMentions`. All
  /// names of an entity are one target, which has the name that speakers get.
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
    Self.removeCommonWords(&groups, tokens)
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

  /// A mention of a possible target.
  private struct Candidate {
    var tokens: Range<Int>
    /// The number of the entity; `nil` for a group and for a capitalised noun: `Congress`.
    var entity: Int?
    /// Equal for mentions of the same target.
    var key: UInt64
  }

  private struct Group {
    var first: Candidate
    var count = 0
    /// Whether each mention is one word at the beginning of a sentence.
    var isOpening = true
    /// The index of the target's name; -1 before it has one.
    var name = -1

    init(first: Candidate) { self.first = first }

    func span(_ pronounResolver: PronounResolver, _ tokens: [Token]) -> Span {
      if let entity = first.entity { return pronounResolver.analysis.span(pronounResolver.names.entities[entity].name) }
      return Span(tokens[first.tokens.lowerBound].start, tokens[first.tokens.upperBound - 1].end)
    }
  }

  /// The largest number of capitalised words of a name: more are a headline, or several names.
  private static let maximumWords = 4

  /// All candidates, in order: the names of the text, and other capitalised words (`the Senate`).
  private static func found(_ pronounResolver: PronounResolver, _ tokens: [Token], _ text: Swift.Span<UInt8>)
    -> [Candidate]
  {
    let names = pronounResolver.names
    var found: [Candidate] = []
    found.reserveCapacity(names.mentions.count)
    var alignment = TokenAlignment(pronounResolver.analysis, tokens)
    var runs = CapitalRuns(tokens)
    var run = runs.next()
    for mention in names.mentions {
      guard let place = alignment.tokens(of: mention.name) else { continue }
      while let before = run, before.upperBound <= place.lowerBound {
        addNoun(before, tokens, text, to: &found)
        run = runs.next()
      }
      let entity = names.entities[mention.entity]
      if entity.isWord || found.last.map({ $0.tokens.overlaps(place) }) ?? false { continue }
      if !entity.isPerson || entity.isBody, let whole = run, whole.count <= maximumWords, isPart(place, of: whole) {
        // "Dallas Morning News", where `Morning` alone is not a name.
        addNoun(whole, tokens, text, to: &found)
      } else if place.count > 1 || !StanceWords.shipped.entry(of: tokens[place.lowerBound]).flags.isNeverName {
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

  /// The candidate of tokens, with the noun of a group after them.
  private static func one(_ place: Range<Int>, _ entity: Int?, _ tokens: [Token], _ text: Swift.Span<UInt8>)
    -> Candidate
  {
    if isGroup(place.upperBound, tokens, text) {
      let group = place.lowerBound..<place.upperBound + 1
      return Candidate(tokens: group, key: key(group.suffix(2), tokens))
    }
    return Candidate(tokens: place, entity: entity, key: entity.map { UInt64($0) | 1 << 63 } ?? key(place, tokens))
  }

  /// The key of words; it is different from the keys of entities.
  private static func key(_ words: Range<Int>, _ tokens: [Token]) -> UInt64 {
    words.reduce(0) { ($0 ^ UInt64(tokens[$1].hash)) &* 0x9E37_79B9_7F4A_7C15 } >> 1
  }

  /// Adds a run of capitalised words, unless a name of it was added, or it only begins its sentence.
  private static func addNoun(
    _ run: Range<Int>, _ tokens: [Token], _ text: Swift.Span<UInt8>, to found: inout [Candidate]
  ) {
    if let last = found.last, last.tokens.overlaps(run) { return }
    if run.count == 1, isOpener(run.lowerBound, tokens, text) { return }
    found.append(one(run, nil, tokens, text))
  }

  /// Whether a word is not a name: a contraction, or a word that is capitalised as it begins a sentence.
  private static func isOpener(_ index: Int, _ tokens: [Token], _ text: Swift.Span<UInt8>) -> Bool {
    switch NameHint.of(tokens[index], in: text) {
    case .opener?: tokens.span.beginsSentence(index)
    case .contraction?: true
    default: false
    }
  }

  /// Whether a plural noun follows a capitalised adjective: `Nordic banks`, `Baltic ports`.
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

  /// Removes words that only begin sentences and are in lower case elsewhere: `Better`.
  private static func removeCommonWords(_ groups: inout [Group], _ tokens: [Token]) {
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

/// The runs of capitalised words in a text, without the words at their start that begin no name.
private struct CapitalRuns {
  private let tokens: [Token]
  private let words = StanceWords.shipped
  private var i = 0

  /// The longest run, in words.
  private static let maximumLength = 6

  init(_ tokens: [Token]) { self.tokens = tokens }

  mutating func next() -> Range<Int>? {
    while i < tokens.count {
      guard isWord(i) else {
        i += 1
        continue
      }
      var (start, end) = (i, i + 1)
      while end < tokens.count, end - start < Self.maximumLength, tokens[end].gap == .space, isWord(end) { end += 1 }
      i = end
      while start < end, words.entry(of: tokens[start]).flags.isNeverName { start += 1 }
      // A run that ends with a common noun is an office, not a name: `Prime Minister`.
      if start < end, !words.entry(of: tokens[end - 1]).flags.isNeverName { return start..<end }
    }
    return nil
  }

  private func isWord(_ i: Int) -> Bool {
    tokens[i].kind == .word && tokens[i].isCapitalised && tokens[i].shape != .initial
  }
}
