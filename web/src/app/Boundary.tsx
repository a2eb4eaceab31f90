/** What fails inside stays inside: the rest of the page goes on. */
import { Component, type ReactNode } from "react";

interface Props {
  children: ReactNode;
  fallback: ReactNode;
  onFailed?: () => void;
}

export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidCatch() {
    this.props.onFailed?.();
  }
  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
