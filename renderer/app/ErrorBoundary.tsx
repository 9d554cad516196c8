import { Component, type ReactNode } from "react";

interface ErrorBoundaryState {
  readonly error: Error | null;
}

/** A fault in the window: said plainly, with the project still saveable by reloading the view. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className="fault" role="alert">
        <h2>The window stopped drawing</h2>
        <p className="selectable">{error.message}</p>
        <p>The project is still in memory. Show it again, then save it.</p>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            this.setState({ error: null });
          }}
        >
          Show again
        </button>
      </div>
    );
  }
}
