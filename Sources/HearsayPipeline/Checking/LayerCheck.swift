internal import Hearsay

/// Whether each stage finds the layers that it reads: written by a stage before it, or declared as brought along by the
/// documents under `input: { layers: […] }`.
struct LayerCheck {
  let catalogue: Catalogue
  let steps: [PipelineLoader.Step]

  func run(input: PipelineInput, root: ConfigNode, _ diagnostics: inout [Diagnostic]) {
    checkInput(root, &diagnostics)
    var written = Set(input.layers)
    for (index, step) in steps.enumerated() {
      guard let descriptor = step.descriptor else { continue }
      for layer in step.stage?.layersRead ?? descriptor.reads.map({ $0.name }) where !written.contains(layer) {
        diagnostics.append(
          Diagnostic(.missingLayer(layer, of: step.name, writer(of: layer, after: index)), at: step.place))
        // One message for a layer is enough.
        written.insert(layer)
      }
      written.formUnion(step.layersWritten)
    }
  }

  /// A layer of `input` that no stage knows is refused where it is near to one that is known.
  private func checkInput(_ root: ConfigNode, _ diagnostics: inout [Diagnostic]) {
    guard let layers = root.value(of: "input")?.value(of: "layers") else { return }
    let known = catalogue.layers.map { $0.name }
    let nodes = if case .list(let nodes) = layers.content { nodes } else { [layers] }
    for node in nodes {
      guard case .scalar(let name, _) = node.content, !known.contains(name), !diagnostics.hasReachedLimit,
        let near = known.nearest(to: name)
      else { continue }
      diagnostics.append(Diagnostic(.unknownLayer(name), at: node.place, suggestion: near))
    }
  }

  /// What would write the layer.
  enum Writer {
    /// It stands in the pipeline, but too late.
    case later(String)
    case known(String)
    case none
  }

  private func writer(of layer: String, after index: Int) -> Writer {
    let name = steps[index].name
    if let later = steps[index...].first(where: { $0.name != name && $0.layersWritten.contains(layer) }) {
      return .later(later.name)
    }
    let known = catalogue.stages.first { stage in stage.writes.contains { $0.name == layer } }
    return known.map { .known($0.name) } ?? .none
  }
}

extension PipelineLoader.Step {
  /// What the stage writes; where it could not be made, what stages of its type write.
  fileprivate var layersWritten: [String] {
    stage?.layersWritten ?? descriptor?.writes.map { $0.name } ?? []
  }
}

extension Diagnostic.Message {
  static func missingLayer(_ layer: String, of stage: String, _ writer: LayerCheck.Writer) -> Self {
    let head = "stage '\(stage)' reads '\(layer)', which no stage before it writes"
    let declare = "declare 'input: { layers: [\(layer)] }' where the documents bring it along"
    switch writer {
    case .later(let name): return Self("\(head); move '\(name)' before it, or \(declare)")
    case .known(let name): return Self("\(head); put '\(name)' before it, or \(declare)")
    case .none: return Self("\(head); \(declare)")
    }
  }

  static func unknownLayer(_ name: String) -> Self { Self("no stage knows a layer '\(name)'") }
}
