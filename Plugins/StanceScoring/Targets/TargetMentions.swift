import HearsayText

/// A mention of a target, in tokens.
struct Mention {
  var tokens: Range<Int>
  /// The index of the target's name in `TargetMentions.names`.
  var target: Int
}

/// The targets of a text and their mentions, in order.
struct TargetMentions {
  var names: [String] = []
  private(set) var mentions: [Mention] = []

  /// Merges in mentions, which are in order.
  mutating func add(_ more: [Mention]) {
    guard !mentions.isEmpty, !more.isEmpty else {
      mentions += more
      return
    }
    var merged: [Mention] = []
    merged.reserveCapacity(mentions.count + more.count)
    var next = 0
    for mention in mentions {
      while next < more.count, more[next].tokens.lowerBound < mention.tokens.lowerBound {
        merged.append(more[next])
        next += 1
      }
      merged.append(mention)
    }
    mentions = merged + more[next...]
  }
}
