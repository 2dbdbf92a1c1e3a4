import Hearsay
import HearsayText

/// A mention of a target, in tokens.
struct Mention {
  var tokens: Range<Int>
  /// The index of the target's name in `TargetMentions.names`.
  var target: Int
}

/// The targets that a text mentions, and where, in order.
struct TargetMentions {
  private(set) var names: [String] = []
  private(set) var mentions: [Mention] = []

  /// The mentions of configured targets; behind a name of several words its last word mentions it too.
  init(of configured: ConfiguredTargets, in tokens: [Token], text: Swift.Span<UInt8>) {
    names = configured.names
    // By the hash of the last word of a name that was met.
    var short: [UInt32: Int] = [:]
    var i = 0
    while i < tokens.count {
      if let match = configured.match(in: tokens, at: i, of: text) {
        mentions.append(Mention(tokens: i..<i + match.count, target: match.target))
        i += match.count
        let last = tokens[i - 1]
        if match.count > 1, last.isCapitalised, tokens[i - 2].isCapitalised { short[last.hash] = match.target }
        continue
      }
      if !short.isEmpty, tokens[i].shape == .capitalised, let target = short[tokens[i].hash],
        !Self.isName(i - 1, besides: i, tokens), !Self.isName(i + 1, besides: i, tokens)
      {
        mentions.append(Mention(tokens: i..<i + 1, target: target))
      }
      i += 1
    }
  }

  /// Adds mentions, which are in order, to those that there are.
  mutating func add(_ more: [Mention]) {
    guard !more.isEmpty else { return }
    mentions = (mentions + more).sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  /// Whether a token beside another is of the same name: `Bo Lee` is not `Ann Lee`.
  private static func isName(_ index: Int, besides other: Int, _ tokens: [Token]) -> Bool {
    guard tokens.indices.contains(index), tokens[max(index, other)].gap == .space, tokens[index].kind == .word,
      tokens[index].isCapitalised
    else { return false }
    return !StanceWords.shipped.entry(of: tokens[index]).notes.contains(.common)
  }

  /// Targets found in the text: names of persons, bodies and places, and groups that are named more than once
  /// (`Baltic ports`). A later short name counts with the full one.
  ///
  /// - Parameter speakers: Who speaks in the text, by name, as often as they do.
  init(discoveredIn tokens: [Token], text: Swift.Span<UInt8>, speakers: [String], minimumMentions: Int) {
    var found: [(range: Range<Int>, isGroup: Bool)] = []
    found.reserveCapacity(tokens.count / 16)
    let words = StanceWords.shipped
    var i = 0
    while i < tokens.count {
      guard tokens[i].kind == .word, tokens[i].isCapitalised, tokens[i].shape != .initial else {
        i += 1
        continue
      }
      var end = i + 1
      while end < tokens.count, end - i < 6, tokens[end].gap == .space, tokens[end].kind == .word,
        tokens[end].isCapitalised
      { end += 1 }
      var start = i
      while start < end, words.entry(of: tokens[start]).notes.isNoName { start += 1 }
      var last = end
      while last > start, words.entry(of: tokens[last - 1]).notes.isNoName { last -= 1 }
      start = Self.nameStart(of: start..<last, tokens, text)
      if last - start == 1, Self.isOpener(start, tokens, text) { start = last }
      if start < last {
        if Self.isGroup(last, tokens, text) {
          found.append((start..<last + 1, true))
        } else {
          found.append((start..<last, false))
        }
      }
      i = max(end, i + 1)
    }
    name(found, SpeakerNames(speakers), tokens, text, minimumMentions)
  }

  /// Where a person's name begins behind a place, a body or a title: `Ukraine Ann Lee`, `Governor Ann Lee`.
  private static func nameStart(of run: Range<Int>, _ tokens: [Token], _ text: Swift.Span<UInt8>) -> Int {
    guard run.count > 2 else { return run.lowerBound }
    if case .body = NameHint.of(tokens[run.upperBound - 1], in: text) { return run.lowerBound }
    var isOfPlace = false
    for k in run.dropLast() {
      switch NameHint.of(tokens[k], in: text) {
      case .first? where !isOfPlace: return k
      // "San Francisco Chronicle"
      case .direction?: isOfPlace = true
      default: isOfPlace = false
      }
    }
    return run.lowerBound
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

  /// Of each group that a sentence begins with whether it stands in small letters elsewhere, and is a word: `Better`.
  private static func words(among keys: KeyIndex, _ isOpening: [Bool], _ tokens: [Token]) -> [Bool] {
    var isWord = [Bool](repeating: false, count: isOpening.count)
    var opening = HashFilter()
    for group in isOpening.indices where isOpening[group] {
      opening.insert(UInt32(truncatingIfNeeded: keys.keys[group]))
    }
    if opening.isEmpty { return isWord }
    for i in tokens.indices where opening.mayContain(tokens[i].hash) && tokens[i].shape == .lower {
      if let group = keys.index(of: UInt64(tokens[i].hash)), isOpening[group] { isWord[group] = true }
    }
    return isWord
  }

  private mutating func name(
    _ found: [(range: Range<Int>, isGroup: Bool)], _ spoken: SpeakerNames, _ tokens: [Token],
    _ text: Swift.Span<UInt8>, _ minimum: Int
  ) {
    // The key of a name is its last word: "Ann Lee" and "Lee" are one.
    var keys = KeyIndex(minimumCapacity: min(found.count, 1 << 16))
    var spellings = TargetSpellings()
    var placeOf: [(group: Int, spelling: Int)] = []
    placeOf.reserveCapacity(found.count)
    // Of each group whether it is named by one word that a sentence begins with, and no other way.
    var isOpening: [Bool] = []
    for (range, isGroup) in found {
      var key = UInt64(tokens[range.upperBound - 1].hash)
      if isGroup, range.count >= 2 { key |= UInt64(tokens[range.upperBound - 2].hash) << 32 }
      let group = keys.insert(key)
      if group == isOpening.count { isOpening.append(true) }
      isOpening[group] = isOpening[group] && range.count == 1 && tokens.span.beginsSentence(range.lowerBound)
      placeOf.append((group, spellings.add(range, of: group, tokens.span)))
    }
    let isWord = Self.words(among: keys, isOpening, tokens)
    // By group, and by spelling for those with a last word in common.
    var nameOfGroup = [Int](repeating: -1, count: keys.keys.count)
    var nameOfOther = [Int](repeating: -1, count: spellings.count)
    mentions.reserveCapacity(found.count)
    for (k, (range, _)) in found.enumerated() {
      let (group, spelling) = placeOf[k]
      if isWord[group] { continue }
      let isOther = range.count > 1 && spellings.isOther(spelling, of: group, tokens.span)
      var name = isOther ? nameOfOther[spelling] : nameOfGroup[group]
      if name < 0 {
        guard (isOther ? spellings.count(ofSpelling: spelling) : spellings.count(of: group)) >= minimum else {
          continue
        }
        name = names.count
        if isOther { nameOfOther[spelling] = name } else { nameOfGroup[group] = name }
        let usual = isOther ? range : spellings.usual(of: group)
        let span = Span(tokens[usual.lowerBound].start, tokens[usual.upperBound - 1].end)
        names.append(
          spoken.name(endingAs: usual, tokens) ?? String(decoding: [UInt8](copying: text, span.range), as: UTF8.self))
      }
      mentions.append(Mention(tokens: range, target: name))
    }
  }
}
