public import Hearsay

/// A pipeline file, read and checked: every stage is made, and finds the layers that it reads.
public struct Pipeline: Sendable {
  /// The name in the file; the file's own name without its ending where it gives none.
  public var name: String
  public var description: String?
  public var input: PipelineInput
  public var stages: [PipelineStage]
  public var onError: ErrorPolicy
  /// Where documents that failed go under `on_error: quarantine`, as the file has it; `nil` where it does not say.
  public var quarantine: String?
  public var tests: [PipelineTest]
  /// The libraries under `plugins`.
  public var plugins: [String] = []
  /// The stages that the file could name, those of its plugins among them.
  public var catalogue: Catalogue
}

/// A stage where it stands in a pipeline.
public struct PipelineStage: Sendable {
  public var stage: any Stage
  public var descriptor: StageDescriptor
  /// Its options, as the file has them.
  var options: ConfigNode?
  /// Where the file names it.
  public var place: SourcePlace
  /// Its name; `NAME[2]` for the second of two of a name. Overrides call it by this too.
  public var label: String

  public var step: StageStep { StageStep(label, stage) }

  /// The same stage made again, so that it has seen no document yet.
  func remade() -> StageStep {
    var diagnostics: [Diagnostic] = []
    return StageStep(label, descriptor.make(options, at: place, &diagnostics) ?? stage)
  }
}

/// What becomes of a run when a document fails.
public enum ErrorPolicy: String, OptionEnum {
  /// The run ends.
  case stop
  /// The document is left out, and counted.
  case skip
  /// The document is left out, and written to the quarantine file with its stage and error.
  case quarantine
}

/// A text and what the pipeline must make of it.
public struct PipelineTest: Sendable {
  /// Unique in its file.
  public var name: String
  public var text: String
  /// Whether `text` is running text or markup.
  public var content: Document.Content
  public var metadata: Metadata
  public var expectation: Expectation
  public var place: SourcePlace
}
