import Foundation
import Hearsay

/// A report of speech as the model sees it, in elements.
package struct Report {
  package var cue: Int
  /// The words of the cue.
  package var cueElements: [Int]
  package var pieces: [Range<Int>]
  package var speaker: Range<Int>?
  /// How likely the word is a cue, as a logit.
  package var cueLogit: Float
  /// How much likelier the labels are than none, as logits.
  package var margin: Float
  /// The likelihood that the content is right.
  package var confidence: Float

  /// The report that labels spell out; `nil` where they have no content.
  package init?(_ labels: [FrameLabel], of frame: Frame, cueLogit: Float, margin: Float) {
    cue = frame.cue
    cueElements = []
    pieces = []
    self.cueLogit = cueLogit
    self.margin = margin
    confidence = 0
    var i = frame.elements.lowerBound
    for label in labels {
      switch label {
      case .contentBegins: pieces.append(i..<i + 1)
      case .content: if let last = pieces.last { pieces[pieces.count - 1] = last.lowerBound..<i + 1 }
      case .speakerBegins: if speaker == nil { speaker = i..<i + 1 }
      case .speaker: if let range = speaker, range.upperBound == i { speaker = range.lowerBound..<i + 1 }
      case .cue: cueElements.append(i)
      case .outside: break
      }
      i += 1
    }
    if !cueElements.contains(cue) { cueElements = [cue] }
    if pieces.isEmpty { return nil }
  }
}

extension Report {
  /// Takes the first speaker that other labels of the frame hold, where it is no part of the content.
  mutating func takeSpeaker(of labels: [FrameLabel], _ frame: Frame) {
    guard labels.contains(.contentBegins), let first = labels.firstIndex(of: .speakerBegins) else { return }
    let end = labels[(first + 1)...].firstIndex { $0 != .speaker } ?? labels.endIndex
    let lower = frame.elements.lowerBound
    let range = lower + first..<lower + end
    if !pieces.contains(where: { $0.overlaps(range) }) { speaker = range }
  }

  package static let confidenceFeatures = 10

  /// What tells how sure the report is.
  package func visitConfidence(_ elements: Elements, _ body: (Int, Float) -> Void) {
    let length = pieces.reduce(0) { $0 + $1.count }
    let quotations = pieces.reduce(0) { sum, piece in sum + piece.count { elements.all[$0].isQuotation } }
    body(0, 1)
    body(1, cueLogit)
    body(2, min(margin, 30) / 10)
    body(3, margin / Float(length + 2))
    body(4, speaker == nil ? 0 : 1)
    body(5, quotations == length ? 1 : 0)
    body(6, quotations > 0 && quotations < length ? 1 : 0)
    body(7, pieces.count > 1 ? 1 : 0)
    body(8, min(Float(length), 40) / 10)
    body(9, length < 3 && quotations == 0 ? 1 : 0)
  }

  mutating func judge(_ elements: Elements, _ weights: [Float]) {
    var sum: Float = 0
    visitConfidence(elements) { feature, value in sum += weights[feature] * value }
    confidence = 1 / (1 + Float(exp(-Double(sum))))
  }
}

/// Finds the reports of a text by the trained model.
package struct ReportFinder {
  private let model: QuoteModel
  /// Words that are less likely a cue, as a logit, are not looked at further.
  package static let leastCueLogit: Float = -1.5

  /// How much less likely labels may be for a speaker that they hold, in logits.
  package static let speakerBonus: Float = 4

  package init(_ model: QuoteModel) { self.model = model }

  /// Every report that the model sees, those that contradict each other included.
  package func candidates(in reading: Reading) -> [Report] {
    var reports: [Report] = []
    var tagger = FrameTagger()
    let elements = reading.elements
    let all = elements.all.span
    let priors = model.priors(of: all)
    for (number, sentence) in elements.sentences.enumerated() {
      for i in sentence where priors[i] > 0 {
        let logit = model.cueLogit(i, in: sentence, of: all, priors: priors.span)
        guard logit >= Self.leastCueLogit else { continue }
        let frame = Frame(cue: i, inSentence: number, of: elements)
        let margin = tagger.label(frame, in: all, model: model)
        guard var report = Report(tagger.labels, of: frame, cueLogit: logit, margin: margin) else { continue }
        if report.speaker == nil {
          tagger.labelAgain(speakerBonus: Self.speakerBonus, model: model)
          report.takeSpeaker(of: tagger.labels, frame)
        }
        report.judge(elements, model.confidence)
        reports.append(report)
      }
    }
    return reports
  }

  /// The reports of a text, in order of their cues: of those that share content the surest stays.
  package func reports(in reading: Reading, least: Float) -> [Report] {
    let candidates = candidates(in: reading).filter { $0.confidence >= least }
      .sorted { ($0.confidence, $1.cue) > ($1.confidence, $0.cue) }
    var taken = [Bool](repeating: false, count: reading.elements.all.count)
    var reports: [Report] = []
    for report in candidates {
      guard !taken[report.cue], report.pieces.allSatisfy({ $0.allSatisfy { !taken[$0] } }) else { continue }
      for piece in report.pieces { for i in piece { taken[i] = true } }
      reports.append(report)
    }
    return reports.sorted { $0.cue < $1.cue }
  }
}
