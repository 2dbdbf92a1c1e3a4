import Foundation
import Hearsay
import HearsayText
import Testing

@testable import SentenceSplitting

@Suite("Weights of sentence beginnings that do not fit are an error")
struct SentenceWeightsTests {
  private static func file(_ payload: [UInt8] = payload, kind: WeightsFile.Kind = .sentences) -> [UInt8] {
    WeightsFile.encoded(payload, kind, version: BeginningModel.format.version)
  }
  /// The step 1, and a weight of -100 for each slot: no sentence begins anywhere.
  private static let payload =
    [0, 0, 0x80, 0x3F] + [UInt8](repeating: 0x9C, count: BeginningModel.format.payloadBytes - 4)

  private static let place = SourcePlace(file: "p.yaml", line: 2, column: 30, width: 4)

  /// Makes the stage with a file of weights.
  private func decoded(_ bytes: [UInt8]?) throws -> (stage: (any Stage)?, diagnostics: [Diagnostic], path: String) {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    let model = ConfigNode(.scalar(path, isQuoted: false), at: Self.place)
    let options = ConfigNode(.map([ConfigNode.Entry(key: "model", keyPlace: Self.place, value: model)]), at: Self.place)
    var diagnostics: [Diagnostic] = []
    let stage = StageDescriptor(SplitSentences.self).make(options, at: Self.place, &diagnostics)
    return (stage, diagnostics, path)
  }

  @Test func theShippedWeightsFit() { #expect(throws: Never.self) { try BeginningModel.shipped() } }

  @Test(
    arguments: [
      (nil, "cannot read the weights"), (Array("foreign".utf8), "is not a file of weights"),
      (Array(file().dropLast()), "is too short"), (file() + [0], "is too long"),
      (file(kind: .stance), "has the weights of the stance model, not of the sentence model"),
      (file().dropLast() + [1], "is damaged"),
    ] as [([UInt8]?, String)])
  func aFileThatDoesNotFitIsReportedAtItsPlace(_ bytes: [UInt8]?, _ message: String) throws {
    let (stage, diagnostics, path) = try decoded(bytes)
    #expect(stage == nil)
    #expect(diagnostics.map(\.place) == [Self.place])
    #expect(diagnostics.first?.message.text.contains("'\(path)'") == true)
    #expect(diagnostics.first?.message.text.contains(message) == true, "\(diagnostics)")
  }

  @Test func theWeightsOfAFileAreUsed() throws {
    let (stage, diagnostics, _) = try decoded(Self.file())
    #expect(diagnostics.isEmpty)
    var document = Document(id: "t", text: "He left early They were glad about that.")
    try SplitSentences(.init()).process(&document)
    #expect(document[Sentences.self].count == 2)
    try stage?.process(&document)
    #expect(document[Sentences.self].count == 1)
  }
}
