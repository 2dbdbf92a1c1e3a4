import Hearsay

/// Finds the quote at a byte offset; queries are in rising order.
struct QuoteIndex {
  /// A piece of a quote.
  struct Part {
    var span: Span
    /// The quote's index.
    var quote: Int
  }

  private let parts: [Part]
  private var next = 0
  /// The parts that may contain the last offset.
  private var open: [Part] = []

  init(_ quotes: [Quote]) {
    var parts: [Part] = []
    parts.reserveCapacity(quotes.count)
    for index in quotes.indices where quotes[index].kind != .scare {
      for place in quotes[index].spans.indices { parts.append(Part(span: quotes[index].spans[place], quote: index)) }
    }
    self.parts = parts.sorted { $0.span < $1.span }
  }

  /// The innermost part at `offset`, which is not before that of the last query.
  mutating func part(at offset: Int) -> Part? {
    while next < parts.count, parts[next].span.start <= offset {
      open.append(parts[next])
      next += 1
    }
    if !open.isEmpty { open.removeAll { $0.span.end <= offset } }
    return open.last
  }
}

/// Finds the speakers that are mentioned in a sentence; queries are in rising order.
struct SpeakerIndex {
  /// A speaker's mention.
  struct Mention {
    var span: Span
    /// The quote's index.
    var quote: Int
  }

  private let mentions: [Mention]
  private var next = 0

  init(_ quotes: [Quote]) {
    var mentions: [Mention] = []
    mentions.reserveCapacity(quotes.count)
    for index in quotes.indices where quotes[index].kind != .scare {
      if let span = quotes[index].speaker?.spans.boundingSpan { mentions.append(Mention(span: span, quote: index)) }
    }
    self.mentions = mentions.sorted { $0.span < $1.span }
  }

  /// The mentions that begin in `sentence`, which is not before that of the last query.
  mutating func mentions(in sentence: Span) -> ArraySlice<Mention> {
    while next < mentions.count, mentions[next].span.start < sentence.start { next += 1 }
    var end = next
    while end < mentions.count, mentions[end].span.start < sentence.end { end += 1 }
    return mentions[next..<end]
  }
}
