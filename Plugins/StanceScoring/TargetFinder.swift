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

  private static let excluded = Lexicon(wordsIn: PackageResources.not_targets_txt)

  /// The mentions of configured targets.
  init(of lexicon: Lexicon<Int>, names: [String], in tokens: [Token], text: Swift.Span<UInt8>) {
    self.names = names
    var i = 0
    while i < tokens.count {
      if let match = lexicon.longestMatch(in: tokens, at: i, of: text) {
        mentions.append(Mention(tokens: i..<i + match.count, target: match.value))
        i += match.count
      } else {
        i += 1
      }
    }
  }

  /// Targets found in the text: names of persons, bodies and places, and groups that are named more than once
  /// (`Baltic ports`). A later short name counts with the full one.
  init(discoveredIn tokens: [Token], text: Swift.Span<UInt8>, minimumMentions: Int) {
    var found: [(range: Range<Int>, isGroup: Bool)] = []
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
      while start < end, Self.excluded.contains(tokens[start], in: text) { start += 1 }
      var last = end
      while last > start, Self.excluded.contains(tokens[last - 1], in: text) { last -= 1 }
      if start < last {
        if Self.isGroup(last, tokens, text) {
          found.append((start..<last + 1, true))
        } else {
          found.append((start..<last, false))
        }
      }
      i = max(end, i + 1)
    }
    name(found, tokens, text, minimumMentions)
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

  private mutating func name(
    _ found: [(range: Range<Int>, isGroup: Bool)], _ tokens: [Token], _ text: Swift.Span<UInt8>, _ minimum: Int
  ) {
    // The key of a name is its last word: "Ann Lee" and "Lee" are one, the longest spelling names them.
    var groups: [UInt64: (longest: Range<Int>, count: Int, index: Int)] = [:]
    var keys: [UInt64] = []
    keys.reserveCapacity(found.count)
    for (range, isGroup) in found {
      let last = tokens[range.upperBound - 1]
      var key = UInt64(last.hash)
      if isGroup, range.count >= 2 { key |= UInt64(tokens[range.upperBound - 2].hash) << 32 }
      keys.append(key)
      if let group = groups[key] {
        groups[key] = (
          range.count > group.longest.count && range.count <= 4 ? range : group.longest, group.count + 1, -1
        )
      } else {
        groups[key] = (range, 1, -1)
      }
    }
    for (k, (range, _)) in found.enumerated() {
      guard var group = groups[keys[k]], group.count >= minimum else { continue }
      if group.index < 0 {
        group.index = names.count
        let span = Span(tokens[group.longest.lowerBound].start, tokens[group.longest.upperBound - 1].end)
        names.append(String(decoding: [UInt8](copying: text, span.range), as: UTF8.self))
        groups[keys[k]] = group
      }
      mentions.append(Mention(tokens: range, target: group.index))
    }
  }
}
