/// Finds the reports of a text by the trained model: likely cues, the likeliest labels of the frame around each, and of
/// the reports that those spell out the one that is right most likely.
package struct ReportFinder {
  let model: QuoteModel
  /// Words that are less likely a cue, as a logit, are not looked at further. Near quotations more are: what stands in marks
  /// is reported by some word.
  private static let leastCueLogit: (quoting: Float, plain: Float) = (-2, -0.5)
  /// So many labellings of a frame are weighed against each other.
  private static let mostAlternatives = (quoting: 8, plain: 2)
  /// None of them is less likely than the likeliest by more than this, in logits: in training, and at work, where those
  /// further behind are hardly ever chosen.
  package static let mostLoss: (training: Float, work: Float) = (10, 4)
  /// How much less likely labels with a speaker may be than those without, in logits.
  private static let speakerBonus: Float = 4

  package init(_ model: QuoteModel) { self.model = model }

  /// A frame, its reports, likeliest first, and what the frame was labelled by.
  package typealias FrameVisitor = (
    _ frame: Frame, _ reports: Swift.Span<Report>, _ priors: Swift.Span<UInt8>, _ tagger: inout FrameTagger
  ) -> Void

  /// Calls `body` with each frame of a text that may hold a report.
  ///
  /// - Parameter mostLoss: How much less likely than the likeliest a report of a frame may be, in logits.
  package func visitFrames(in reading: Reading, within mostLoss: Float, _ body: FrameVisitor) {
    let elements = reading.elements
    let all = elements.all.span
    let priors = model.priors(of: all)
    var tagger = FrameTagger()
    // Room that the frames use one after another.
    var reports: [Report] = []
    reports.reserveCapacity(Self.mostAlternatives.quoting)
    for (number, sentence) in elements.sentences.enumerated() {
      let isQuoting = elements.isNearQuotation(sentence)
      let least = isQuoting ? Self.leastCueLogit.quoting : Self.leastCueLogit.plain
      // A word that is on the list of cues alone is looked at near quotations only.
      for i in sentence where priors[i] > (isQuoting ? 0 : 1) {
        let logit = model.cueLogit(i, in: sentence, of: all, priors: priors.span)
        guard logit >= least else { continue }
        let frame = Frame(cue: i, inSentence: number, of: elements)
        let margin = tagger.label(
          frame, in: all, model: model,
          most: isQuoting ? Self.mostAlternatives.quoting : Self.mostAlternatives.plain, within: mostLoss)
        reports.removeAll(keepingCapacity: true)
        for (way, loss) in tagger.alternatives.losses.enumerated() {
          let labels = tagger.alternatives.labels(of: way)
          guard let pieces = Pieces(frame, labels: labels) else { continue }
          var isKnown = false
          for k in reports.indices { if reports[k].pieces == pieces { isKnown = true } }
          if isKnown { continue }
          var report = Report(frame, pieces, labels: labels)
          report.loss = Float(loss) * model.frameStep
          report.margin = margin - report.loss
          report.cueLogit = logit
          report.way = way
          reports.append(report)
        }
        if !reports.isEmpty { body(frame, reports.span, priors.span, &tagger) }
      }
    }
  }

  /// The likeliest report of each frame, those that contradict each other included.
  private func candidates(in reading: Reading, least: Float) -> [Report] {
    var candidates: [Report] = []
    candidates.reserveCapacity(reading.elements.sentences.count)
    let all = reading.elements.all.span
    visitFrames(in: reading, within: Self.mostLoss.work) { frame, reports, priors, tagger in
      let choice = ReportChoice(reports, in: frame, of: all, priors: priors, by: model)
      guard choice.confidence >= least else { return }
      var report = reports[choice.index]
      report.confidence = choice.confidence
      report.readCue(frame, labels: tagger.alternatives.labels(of: report.way))
      report.speakers = tagger.speakers(of: report, in: frame, model)
      if report.speaker == nil, let first = report.speakers.first, first.margin > -Self.speakerBonus {
        report.speaker = first.range
      }
      candidates.append(report)
    }
    return candidates
  }

  /// The reports of a text, in order of their cues: of those that share content the surest stays.
  ///
  /// - Parameter least: Those that are right less likely are left out.
  package func reports(in reading: Reading, least: Float) -> [Report] {
    var (reports, isContent) = reportsOfLabels(in: reading, least: least)
    chooseSpeakers(&reports, isContent, in: reading)
    return reports
  }

  /// The reports of a text with the speakers that their labels hold, and whether each element is content of one.
  package func reportsOfLabels(in reading: Reading, least: Float) -> (reports: [Report], isContent: [Bool]) {
    let candidates = candidates(in: reading, least: least)
    let order = candidates.indices.sorted {
      (candidates[$0].confidence, $1) > (candidates[$1].confidence, $0)
    }
    var isContent = [Bool](repeating: false, count: reading.elements.all.count)
    var isKept = [Bool](repeating: false, count: candidates.count)
    for index in order {
      let report = candidates[index]
      var isFree = !isContent[report.cue]
      for piece in report.pieces { for i in piece { isFree = isFree && !isContent[i] } }
      guard isFree else { continue }
      for piece in report.pieces { for i in piece { isContent[i] = true } }
      isKept[index] = true
    }
    return (candidates.indices.filter { isKept[$0] }.map { candidates[$0] }, isContent)
  }
}
