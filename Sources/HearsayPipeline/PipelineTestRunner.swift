public import Hearsay

/// Runs the tests of a pipeline file.
///
/// Stages that write files are left out: a test must not replace what a run wrote. So are stages that must see documents
/// in order, unless they write a layer: a test has one document.
public struct PipelineTestRunner: Sendable {
  private let pipeline: Pipeline
  private let layers: [any Layer.Type]
  private let log: @Sendable (String) -> Void

  /// - Parameters:
  ///   - layers: The layers that documents may carry: `Catalogue.layers`.
  ///   - log: Takes what stages have to say.
  public init(
    _ pipeline: Pipeline, layers: [any Layer.Type] = Catalogue().layers,
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.pipeline = pipeline
    self.layers = layers
    self.log = log
  }

  /// What became of one test.
  public struct Outcome: Sendable {
    public var test: PipelineTest
    /// What is not as expected.
    public var mismatches: [Expectation.Mismatch]
    /// The stage that failed and its error, where one did.
    public var failure: String?

    public var passed: Bool { mismatches.isEmpty && failure == nil }
  }

  /// Runs all tests, in order.
  ///
  /// - Throws: What a stage throws where it cannot be opened or closed.
  public func run() throws -> [Outcome] {
    let stages = pipeline.stages.filter {
      $0.stage.outputs.isEmpty && (!($0.stage is any OrderedStage) || !$0.stage.layersWritten.isEmpty)
    }
    var opened: [PipelineStage] = []
    do {
      for stage in stages {
        try stage.stage.open(StageContext(label: stage.label, layers: layers, log: log))
        opened.append(stage)
      }
    } catch {
      for stage in opened { try? stage.stage.close(.interrupted) }
      throw error
    }
    let outcomes = pipeline.tests.map { run($0, through: stages) }
    for stage in opened { try stage.stage.close(.finished) }
    return outcomes
  }

  private func run(_ test: PipelineTest, through stages: [PipelineStage]) -> Outcome {
    var document = Document(id: test.name, text: test.text, content: test.content, metadata: test.metadata)
    for stage in stages {
      do {
        try stage.stage.process(&document)
      } catch {
        return Outcome(test: test, mismatches: [], failure: "\(stage.label): \(error)")
      }
    }
    do {
      return Outcome(test: test, mismatches: try test.expectation.mismatches(in: document))
    } catch {
      return Outcome(test: test, mismatches: [], failure: "\(error)")
    }
  }
}
