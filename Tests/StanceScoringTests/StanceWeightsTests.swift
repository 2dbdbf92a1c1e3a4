import Foundation
import Hearsay
import HearsayText
import Testing

@testable import StanceScoring

@Suite("Weights that do not fit are an error")
struct StanceWeightsTests {
  /// A folder with a file of weights for one test.
  private final class Scratch {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)")
    let path: String

    init(_ bytes: [UInt8]?) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      path = folder.appendingPathComponent("w.bin").path
      if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  /// A model whose only weight is a bias toward `against`.
  private static var payload: [UInt8] {
    var header = StanceModelHeader()
    (header.step, header.ngramStep) = (1, 1)
    header.bias = StanceModel.Logits(favor: 0, against: 3)
    return header.encoded + [UInt8](repeating: 0, count: 2 * StanceTable.slots)
  }

  private static func file(
    _ payload: [UInt8] = payload, kind: WeightsFile.Kind = .stance, version: UInt32 = StanceModel.format.version
  ) -> [UInt8] {
    WeightsFile.encoded(payload, kind, version: version)
  }

  private static let place = SourcePlace(file: "p.yaml", line: 3, column: 25, width: 5)

  private func diagnostics(_ path: String) -> [Diagnostic] {
    let model = ConfigNode(.scalar(path, isQuoted: false), at: Self.place)
    let start = SourcePlace(file: "p.yaml", line: 3, column: 5)
    let options = ConfigNode(.map([ConfigNode.Entry(key: "model", keyPlace: start, value: model)]), at: start)
    var diagnostics: [Diagnostic] = []
    let stage = StageDescriptor(ScoreStance.self).make(options, at: start, &diagnostics)
    #expect((stage == nil) == !diagnostics.isEmpty)
    return diagnostics
  }

  @Test func theShippedWeightsFit() throws {
    #expect(throws: Never.self) { try StanceModel.shipped() }
    #expect(diagnostics("fast").isEmpty)
  }

  @Test(
    arguments: [
      (nil, "cannot read the weights"), ([], "is not a file of weights"),
      (Array("foreign".utf8), "is not a file of weights"),
      (Array(file().dropLast()), "is too short"), (file() + [0], "is too long"),
      (file(Array(payload.dropLast())), "announces \(StanceModel.format.payloadBytes - 1) bytes"),
      (file(kind: .quotes), "has the weights of the quote model, not of the stance model"),
      (file(version: 99), "has version 99"), (file().dropLast() + [1], "is damaged"),
    ] as [([UInt8]?, String)])
  func aFileThatDoesNotFitIsReportedAtItsPlace(_ bytes: [UInt8]?, _ message: String) throws {
    let scratch = try Scratch(bytes)
    let found = diagnostics(scratch.path)
    #expect(found.count == 1)
    #expect(found.first?.place == Self.place)
    #expect(found.first?.message.text.contains("'\(scratch.path)'") == true)
    #expect(found.first?.message.text.contains(message) == true, "\(found)")
  }

  @Test func aMisspelledWordIsSuggested() {
    #expect(diagnostics("fsat").first?.suggestion == "fast")
  }

  @Test func theWeightsOfAFileAreUsed() throws {
    let scratch = try Scratch(Self.file())
    #expect(diagnostics(scratch.path).isEmpty)
    var options = ScoreStance.Options()
    options.targets = [TargetRule(name: "Brandt", mentions: ["Brandt"])]
    options.neutral = true
    var document = Document(id: "t", text: "Brandt was a great success.")
    try ScoreStance(options).process(&document)
    #expect(document[Stances.self].first?.label == .favor)
    options.model = try .file(at: scratch.path)
    try ScoreStance(options).process(&document)
    #expect(document[Stances.self].first.map { $0.score < -0.5 } == true)
  }
}
