import Foundation
import QuoteExtraction

/// The candidates for the speaker of an attribution, by a model that has not learned from its document, and none as the last.
struct SpeakerSample {
  var choices: ChoiceSample<SpeakerFeatures.Numbers>
  /// Whether the true speaker is none of the candidates.
  var isLost = false

  /// The samples of a document: the attributions found that share half of their content or more with a true one.
  static func of(_ item: AnnotatedDocument, _ document: Int, _ model: QuoteModel) -> [SpeakerSample] {
    let all = item.input.tokens.all
    let annotations = item.annotations.map { Set($0.content.flatMap(Array.init)) }
    let (attributions, isContent) = AttributionModel(model).labelledAttributions(in: item.input, least: 0.2)
    var samples: [SpeakerSample] = []
    for (index, attribution) in attributions.enumerated() {
      let shares = annotations.map { item.shared(attribution.pieces, $0) }
      guard let annotation = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[annotation] >= 0.5 else {
        continue
      }
      let speaker = item.annotations[annotation].speaker
      let previous = SpeakerFeatures.Neighbour(index - 1, of: attributions)
      let next = SpeakerFeatures.Neighbour(index + 1, of: attributions)
      var sample = SpeakerSample(choices: ChoiceSample(document: document))
      for rank in attribution.speakers.indices.map(Optional.init) + [nil] {
        var rows: [UInt32] = []
        let numbers = SpeakerFeatures.visit(
          rank, of: attribution, previous: previous, next: next, isContent: isContent.span, in: all.span
        ) { rows.append($0) }
        sample.choices.add(numbers, rows)
        let isTrue =
          if let rank, let speaker { attribution.speakers[rank].range.overlaps(speaker) } else {
            rank == nil && speaker == nil
          }
        sample.choices.isTrue.append(isTrue)
      }
      // Where the true speaker is none of the candidates, none is right.
      if !sample.choices.isTrue.contains(true) {
        sample.choices.isTrue[sample.choices.isTrue.count - 1] = true
        sample.isLost = true
      }
      samples.append(sample)
    }
    return samples
  }
}

/// Which of an attribution's candidates is its speaker.
typealias SpeakerRegression = ChoiceRegression<SpeakerFeatures.Numbers>

extension SpeakerRegression {
  init(_ samples: [SpeakerSample]) {
    var numbers = SpeakerFeatures.Numbers.zero
    numbers[0] = 1
    self.init(rows: QuoteModel.speakerCount, numbers: numbers)
    learn(samples.map(\.choices), canBeNone: false, rate: 0.03)
  }

  /// Prints how often the choice is right.
  func printAccuracy(of samples: [SpeakerSample]) {
    var (right, wrong, noneForOne, oneForNone, lost) = (0, 0, 0, 0, 0)
    for sample in samples {
      let scores = sample.choices.rows.indices.map { score(sample.choices, $0) }
      guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }) else { continue }
      let isNone = best == scores.count - 1
      if sample.isLost {
        lost += 1
      } else if sample.choices.isTrue[best] {
        right += 1
      } else if isNone {
        noneForOne += 1
      } else if sample.choices.isTrue.last == true {
        oneForNone += 1
      } else {
        wrong += 1
      }
    }
    print(
      "speakers: \(right) right, \(wrong) wrong, \(noneForOne) none for one, \(oneForNone) one for none, \(lost) lost")
  }
}
