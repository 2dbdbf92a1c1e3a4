/// Finds reported speech by the trained model: likely cues, the likeliest labels of the window around each, and of the
/// candidates that those make the one that is right most likely.
package struct AttributionModel {
  let model: QuoteModel
  /// Words that are less likely a cue, as a logit, are left out. Near quotations fewer are: some word reports what stands
  /// in marks.
  private static let leastCueLogit: (quoting: Float, plain: Float) = (-2, -0.5)
  /// The number of paths through a window that are weighed against each other.
  private static let mostPaths = (quoting: 8, plain: 2)
  /// None of them is less likely than the likeliest by more than this, in logits: in training, and in use, where those
  /// with a larger gap are hardly ever chosen.
  package static let largestGap: (training: Float, work: Float) = (10, 4)
  /// How much less likely labels with a speaker may be than those without, in logits.
  private static let speakerBonus: Float = 4

  package init(_ model: QuoteModel) { self.model = model }

  /// A window, its candidates, likeliest first, and the decoder of its labels.
  package typealias WindowVisitor = (
    _ window: CueWindow, _ attributions: Swift.Span<AttributionCandidate>, _ priors: Swift.Span<UInt8>,
    _ decoder: inout CRFDecoder
  ) -> Void

  /// Calls `body` with each window of a text that may hold an attribution.
  ///
  /// - Parameter mostLoss: How much less likely than the likeliest a candidate of a window may be, in logits.
  package func visitWindows(in input: ModelInput, within largestGap: Float, _ body: WindowVisitor) {
    let tokens = input.tokens
    let all = tokens.all.span
    let priors = model.priors(of: all)
    var decoder = CRFDecoder()
    // Memory that the windows use one after another.
    var attributions: [AttributionCandidate] = []
    attributions.reserveCapacity(Self.mostPaths.quoting)
    for (number, sentence) in tokens.sentences.enumerated() {
      let isNearQuotations = tokens.isBesideQuotation(sentence)
      let least = isNearQuotations ? Self.leastCueLogit.quoting : Self.leastCueLogit.plain
      // A word that is only on the list of cues counts near quotations only.
      for i in sentence where priors[of: i] > (isNearQuotations ? 0 : 1) {
        let logit = model.cueLogit(i, in: sentence, of: all, priors: priors.span)
        guard logit >= least else { continue }
        let window = CueWindow(cue: i, inSentence: number, of: tokens)
        let margin = decoder.label(
          window, in: all, model: model,
          most: isNearQuotations ? Self.mostPaths.quoting : Self.mostPaths.plain, within: largestGap)
        attributions.removeAll(keepingCapacity: true)
        for (path, scoreGap) in decoder.nBest.scoreGaps.enumerated() {
          let labels = decoder.nBest.labels(of: path)
          guard let pieces = InlineRanges(window, labels: labels) else { continue }
          var isKnown = false
          for k in attributions.indices { if attributions[k].pieces == pieces { isKnown = true } }
          if isKnown { continue }
          var attribution = AttributionCandidate(window, pieces, labels: labels)
          attribution.scoreGap = Float(scoreGap) * model.windowScale
          attribution.margin = margin - attribution.scoreGap
          attribution.cueLogit = logit
          attribution.path = path
          attributions.append(attribution)
        }
        if !attributions.isEmpty { body(window, attributions.span, priors.span, &decoder) }
      }
    }
  }

  /// The likeliest candidate of each window, including those that contradict each other.
  private func candidates(in input: ModelInput, least: Float) -> [AttributionCandidate] {
    var candidates: [AttributionCandidate] = []
    candidates.reserveCapacity(input.tokens.sentences.count)
    let all = input.tokens.all.span
    visitWindows(in: input, within: Self.largestGap.work) { window, attributions, priors, decoder in
      let choice = MinimumBayesRisk(attributions, in: window, of: all, priors: priors, by: model)
      guard choice.confidence >= least else { return }
      var attribution = attributions[choice.index]
      attribution.confidence = choice.confidence
      attribution.readCue(window, labels: decoder.nBest.labels(of: attribution.path))
      attribution.speakers = decoder.speakers(of: attribution, in: window, model)
      if attribution.speaker == nil, let first = attribution.speakers.first, first.margin > -Self.speakerBonus {
        attribution.speaker = first.range
      }
      candidates.append(attribution)
    }
    return candidates
  }

  /// The attributions of a text, in order of their cues: of those that share content the most certain one.
  ///
  /// - Parameter least: Less certain ones are left out.
  package func attributions(in input: ModelInput, least: Float) -> [AttributionCandidate] {
    var (attributions, isContent) = labelledAttributions(in: input, least: least)
    chooseSpeakers(&attributions, isContent, in: input)
    return attributions
  }

  /// The attributions of a text with the speakers of their labels, and whether each token is content of one.
  package func labelledAttributions(in input: ModelInput, least: Float) -> (
    attributions: [AttributionCandidate], isContent: [Bool]
  ) {
    let candidates = candidates(in: input, least: least)
    let order = candidates.indices.sorted {
      (candidates[$0].confidence, $1) > (candidates[$1].confidence, $0)
    }
    var isContent = [Bool](repeating: false, count: input.tokens.all.count)
    var isKept = [Bool](repeating: false, count: candidates.count)
    for index in order {
      let attribution = candidates[index]
      var isFree = !isContent[of: attribution.cue]
      for piece in attribution.pieces { for i in piece { isFree = isFree && !isContent[of: i] } }
      guard isFree else { continue }
      for piece in attribution.pieces { for i in piece { isContent[of: i] = true } }
      isKept[index] = true
    }
    return (candidates.indices.filter { isKept[$0] }.map { candidates[$0] }, isContent)
  }
}
