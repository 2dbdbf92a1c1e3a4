internal import Foundation
internal import Hearsay

/// Drives documents through stages: read in order, processed by all workers, committed in order.
///
/// What comes out is the same for any number of workers, and memory is bounded whatever the input.
///
/// ```swift
/// let report = Runner(RunPlan([.init("split-sentences", stage)], inputs: ["news/"])).run()
/// ```
public struct Runner: Sendable {
  private let plan: RunPlan
  private let control: RunControl
  private let observer: RunObserver

  public init(_ plan: RunPlan, control: RunControl = RunControl(), observer: RunObserver = RunObserver()) {
    self.plan = plan
    self.control = control
    self.observer = observer
  }

  /// Runs to the end, and says in the report's `ending` which end that was. Waits for it: call it from a thread that
  /// has nothing else to do.
  public func run() -> RunReport {
    let workers = min(max(plan.workers ?? ProcessInfo.processInfo.activeProcessorCount, 1), 1024)
    let crew = Crew(plan, workers: workers, control: control, observer: observer)
    var totals = Window.Totals()
    var opened: [RunPlan.Step] = []
    do throws(RunError) {
      for step in plan.steps {
        let context = StageContext(label: step.label, layers: plan.layers) { [message = observer.message] text in
          message(RunObserver.Message(stage: step.label, text: text))
        }
        try step.attempt(.open(stage: step.label)) { try step.stage.open(context) }
        opened.append(step)
      }
      totals = crew.work()
    } catch {
      crew.fail(error)
    }
    for step in opened {
      do throws(RunError) {
        try step.attempt(.close(stage: step.label)) { try step.stage.close(totals.isWhole ? .finished : .interrupted) }
      } catch {
        crew.fail(error)
      }
    }
    return crew.close(totals)
  }
}

extension RunPlan.Step {
  fileprivate func attempt(_ action: RunError.Action, _ work: () throws -> Void) throws(RunError) {
    do {
      try work()
    } catch {
      throw RunError(action: action, error: error)
    }
  }
}
