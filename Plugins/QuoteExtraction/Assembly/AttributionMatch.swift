/// What an attribution rule proposes for a cue. `QuoteAssembler` adds it, unless something else occupies what it needs.
struct AttributionMatch {
  enum Extent {
    /// The quotation with that index, and those that continue it: a direct quote.
    case quotation(Int, confidence: Double)
    /// A clause: a direct quote where quotation marks hold all of it, a mixed one where they hold a part.
    case clause(Range<Int>)
    /// A phrase that ends with the quotation: a mixed quote.
    case phrase(Range<Int>, quotation: Int, confidence: Double)
    /// No quote: the quotation of the cue stands elsewhere.
    case danglingCue
  }

  var extent: Extent
  var speaker: Range<Int>?
  /// The quotation after the cue that continues the one before it, if nothing else consumed it.
  var continuation: Int?
  /// The part of the clause that stands before the cue, where `extent` is the part after it.
  var leadingPiece: Range<Int>?
  /// The part of the clause that stands after the source; not added to a direct quote.
  var trailingPiece: Range<Int>?
  /// A quotation that nothing may have consumed.
  var requiredQuotation: Int?
  /// Tokens that nothing may cover.
  var requiredTokens: Range<Int>?

  init(_ extent: Extent, speaker: Range<Int>?) {
    self.extent = extent
    self.speaker = speaker
  }
}
