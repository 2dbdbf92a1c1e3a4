extension ReportFinder {
  /// A candidate that is likelier than none and than any other by more, in logits, is the speaker.
  private static let sureMargin: Float = 5

  /// Gives each report the likeliest of its candidates as its speaker, or none.
  ///
  /// - Parameter isContent: Whether an element is content of one of the reports.
  func chooseSpeakers(_ reports: inout [Report], _ isContent: [Bool], in reading: Reading) {
    let all = reading.elements.all.span
    var previous: SpeakerFeatures.Neighbour?
    for index in reports.indices {
      let own = SpeakerFeatures.Neighbour(index, of: reports)
      let next = SpeakerFeatures.Neighbour(index + 1, of: reports)
      reports[index].speaker = likeliestSpeaker(
        of: reports[index], previous: previous, next: next, isContent: isContent.span, in: all)
      previous = own
    }
  }

  private func likeliestSpeaker(
    of report: borrowing Report, previous: SpeakerFeatures.Neighbour?, next: SpeakerFeatures.Neighbour?,
    isContent: borrowing Swift.Span<Bool>, in elements: borrowing Swift.Span<Elements.Element>
  ) -> Range<Int>? {
    if let sure = report.speakers.first(surerThanOthersBy: Self.sureMargin) { return sure.range }
    var best: (rank: Int?, score: Float) = (nil, -.infinity)
    for rank in -1..<report.speakers.count {
      let rank = rank < 0 ? nil : rank
      let score = model.speakerScore(
        rank, of: report, previous: previous, next: next, isContent: isContent, in: elements)
      if score >= best.score { best = (rank, score) }
    }
    if let rank = best.rank { return report.speakers[rank].range }
    return nil
  }
}
