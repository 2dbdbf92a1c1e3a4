import Foundation
import QuoteExtraction

/// The reports that a frame may hold by a model that has not learned from its document.
typealias ReportSample = ChoiceSample<ReportFeatures.Numbers>

extension ReportSample {
  /// The samples of a document.
  static func of(_ item: Case, _ document: Int, _ model: QuoteModel) -> [ReportSample] {
    let all = item.reading.elements.all
    let golds = item.golds.map { Set($0.content.flatMap(Array.init)) }
    var samples: [ReportSample] = []
    var cues: Set<Int> = []
    var matches: [[[Double]]] = []
    var frameCues: [Int] = []
    ReportFinder(model).visitFrames(in: item.reading, within: ReportFinder.mostLoss.training) {
      frame, reports, priors, _ in
      var sample = ReportSample(document: document)
      let features = ReportFeatures(frame, of: all.span, priors: priors)
      for k in reports.indices {
        var rows: [UInt32] = []
        let numbers = features.visit(reports[k]) { rows.append($0) }
        sample.add(numbers, rows)
      }
      samples.append(sample)
      cues.insert(frame.cue)
      frameCues.append(frame.cue)
      matches.append(golds.map { truth in reports.indices.map { item.shared(reports[$0].pieces, truth) } })
    }
    for index in samples.indices {
      // A report of the frame's own cue; else of a cue that no frame has.
      let own = item.golds.indices.filter { item.golds[$0].head == frameCues[index] }
      let others = item.golds.indices.filter { item.golds[$0].head.map { !cues.contains($0) } ?? true }
      let count = samples[index].rows.count
      samples[index].isTrue = Array(repeating: false, count: count)
      let ways = (own.isEmpty ? others : own).map { matches[index][$0] }
      guard let best = ways.flatMap({ $0 }).max(), best >= 0.5 else { continue }
      for way in ways { for k in 0..<count where way[k] >= best - 1e-9 { samples[index].isTrue[k] = true } }
    }
    return samples
  }
}

extension Case {
  /// The tokens shared of all tokens in the pieces or the true content.
  func shared(_ pieces: Pieces, _ truth: Set<Int>) -> Double {
    func size(_ i: Int) -> Int { Int(reading.elements.all[i].end - reading.elements.all[i].first) }
    let content = Set(pieces.flatMap(Array.init))
    let shared = content.intersection(truth).reduce(0) { $0 + size($1) }
    return shared == 0 ? 0 : Double(shared) / Double(content.union(truth).reduce(0) { $0 + size($1) })
  }
}

/// Which of a frame's reports is the true one, or none.
typealias ReportRegression = ChoiceRegression<ReportFeatures.Numbers>

extension ReportRegression {
  init(_ samples: [ReportSample]) {
    var numbers = ReportFeatures.Numbers.zero
    numbers[0] = -1
    self.init(rows: QuoteModel.reportCount, numbers: numbers)
    learn(samples, canBeNone: true, rate: 0.05)
  }
}
