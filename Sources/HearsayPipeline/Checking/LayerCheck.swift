internal import Hearsay

/// Whether each stage finds the layers that it reads: written by a stage before it, or declared as brought along by the
/// documents under `input: { layers: […] }`.
struct LayerCheck {
  let catalogue: Catalogue
  let steps: [StageEntry]

  func run(input: PipelineInput, root: ConfigNode, _ diagnostics: inout [Diagnostic]) {
    checkInput(root, &diagnostics)
    var written = Set(input.layers)
    for (index, step) in steps.enumerated() {
      for layer in step.layers.reads.map(\.name) where !written.contains(layer) {
        diagnostics.append(
          Diagnostic(.missingLayer(layer, of: step.name, writer(of: layer, after: index)), at: step.place))
        // One message for a layer is enough.
        written.insert(layer)
      }
      written.formUnion(step.layers.writes.map(\.name))
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
    let layer = LayerUse.Reference(named: layer)
    if let later = steps[index...].first(where: { $0.name != name && $0.layers.writes.contains(layer) }) {
      return .later(later.name)
    }
    let known = catalogue.stages.first { $0.layers.writes.contains(layer) }
    return known.map { .known($0.name) } ?? .none
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
