extension AttributionModel {
  /// A speaker that is likelier than none and than any other by more than this, in logits, is chosen.
  private static let sureMargin: Float = 5

  /// Gives each attribution the likeliest of its speaker candidates, or none.
  ///
  /// - Parameter isContent: Whether each token is content of an attribution.
  func chooseSpeakers(_ attributions: inout [AttributionCandidate], _ isContent: [Bool], in input: ModelInput) {
    let all = input.tokens.all.span
    var previous: SpeakerFeatures.Neighbour?
    for index in attributions.indices {
      let own = SpeakerFeatures.Neighbour(index, of: attributions)
      let next = SpeakerFeatures.Neighbour(index + 1, of: attributions)
      attributions[index].speaker = likeliestSpeaker(
        of: attributions[index], previous: previous, next: next, isContent: isContent.span, in: all)
      previous = own
    }
  }

  private func likeliestSpeaker(
    of attribution: borrowing AttributionCandidate, previous: SpeakerFeatures.Neighbour?,
    next: SpeakerFeatures.Neighbour?,
    isContent: borrowing Swift.Span<Bool>, in tokens: borrowing Swift.Span<ModelToken>
  ) -> Range<ModelTokenIndex>? {
    if let sure = attribution.speakers.first(leadingBy: Self.sureMargin) { return sure.range }
    var best: (rank: Int?, score: Float) = (nil, -.infinity)
    for rank in -1..<attribution.speakers.count {
      let rank = rank < 0 ? nil : rank
      let score = model.speakerScore(
        rank, of: attribution, previous: previous, next: next, isContent: isContent, in: tokens)
      if score >= best.score { best = (rank, score) }
    }
    if let rank = best.rank { return attribution.speakers[rank].range }
    return nil
  }
}
