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

  /// Runs all tests, in order, by the rules of a run: sinks are left out, and each test has ordered stages of its own,
  /// which have seen no other document.
  ///
  /// - Throws: What a stage throws where it cannot be opened or closed.
  public func run() throws -> [Outcome] {
    let isOrdered = { (stage: PipelineStage) in stage.stage is any OrderedStage && !(stage.stage is any SinkStage) }
    let shared = pipeline.stages.filter { !isOrdered($0) }.map(\.step)
    return try documentRun(shared).whileOpen {
      try pipeline.tests.map { test in
        let own = pipeline.stages.filter(isOrdered).map { $0.remade() }
        let steps = pipeline.stages.map { stage in own.first { $0.label == stage.label } ?? stage.step }
        return try documentRun(own).whileOpen { outcome(of: test, through: documentRun(steps)) }
      }
    }
  }

  private func documentRun(_ steps: [StageStep]) -> DocumentRun { DocumentRun(steps, layers: layers, log: log) }

  private func outcome(of test: PipelineTest, through run: DocumentRun) -> Outcome {
    let document = Document(id: test.name, text: test.text, content: test.content, metadata: test.metadata)
    do {
      return Outcome(test: test, mismatches: try test.expectation.mismatches(in: run.run(document)))
    } catch {
      return Outcome(test: test, mismatches: [], failure: "\(error)")
    }
  }
}
