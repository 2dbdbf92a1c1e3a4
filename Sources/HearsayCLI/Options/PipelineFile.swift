import Foundation
import Hearsay
import HearsayPipeline
import HearsayPlugins
import HearsayRunner
import HearsayStreams

/// Reading a pipeline for a verb: mistakes go to standard error, all at once, and the verb ends with 2.
enum PipelineFile {
  /// The pipeline in the file at `path`, over the catalogue's stages and those of its own plugins.
  static func load(_ path: String, over catalogue: Catalogue, overrides: [String]) throws -> Pipeline {
    try reporting { () throws(PipelineErrors) in try loader(catalogue, overrides).load(path: path) }
  }

  /// A pipeline of the one stage, whose input may bring any layer along.
  static func single(_ stage: String, over catalogue: Catalogue, overrides: [String]) throws -> Pipeline {
    let layers = catalogue.layers.map { $0.name }
    let yaml = "stages: [\(stage)]\ninput: { layers: [\(layers.joined(separator: ", "))] }\non_error: skip\n"
    let loader = loader(catalogue, overrides.map { "\(stage).\($0)" })
    return try reporting { () throws(PipelineErrors) in try loader.load(Array(yaml.utf8), file: stage) }
  }

  private static func loader(_ catalogue: Catalogue, _ overrides: [String]) -> PipelineLoader {
    PipelineLoader(
      catalogue: catalogue, inputFormats: InputFormats.names, environment: ProcessInfo.processInfo.environment,
      overrides: overrides.map { Override($0) }, loadPlugin: { path, catalogue in try catalogue.add(pluginAt: path) })
  }

  private static func reporting(_ load: () throws(PipelineErrors) -> Pipeline) throws -> Pipeline {
    do throws(PipelineErrors) {
      return try load()
    } catch {
      // A tab is one column, as the caret has it.
      let diagnostics = "\(error)".replacing("\t", with: " ")
      printError(ANSIStyle.forTerminal(STDERR_FILENO).paint(diagnostic: "\(diagnostics)"))
      throw ExitStatus.usage
    }
  }
}

extension InputSettings {
  /// The settings of a pipeline's `input`.
  init(_ input: PipelineInput) throws(UnknownInputFormat) {
    self.init(
      format: try InputFormats.format(named: input.format.name),
      fields: FieldNames(
        text: input.text == PipelineInput().text ? nil : input.text, html: input.html,
        id: input.id == PipelineInput().id ? nil : input.id),
      maxDocumentBytes: input.maxDocumentBytes, encoding: input.encoding)
  }
}

extension FailurePolicy {
  /// The policy of a pipeline's `on_error`. Where the pipeline names no quarantine file, the plan's outputs do.
  init(_ pipeline: Pipeline, _ plan: RunPlan) {
    switch pipeline.onError {
    case .stop: self = .stop
    case .skip: self = .skip
    case .quarantine: self = .quarantine(path: pipeline.quarantine ?? plan.defaultQuarantine)
    }
  }
}
