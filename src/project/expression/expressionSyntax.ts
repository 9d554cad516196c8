/** The tree of a selection expression. Every node knows the characters it was written with. */

/** Characters [start, end) of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ComparisonOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "^";
export type LogicalOperator = "&&" | "||";

export interface NumberNode extends Span {
  readonly kind: "number";
  readonly value: number;
}

export interface TextNode extends Span {
  readonly kind: "text";
  readonly value: string;
}

export interface NameNode extends Span {
  readonly kind: "name";
  readonly name: string;
}

/** `p5`: the 5th percentile of what it is compared with. */
export interface PercentileNode extends Span {
  readonly kind: "percentile";
  readonly percent: number;
}

export interface SignNode extends Span {
  readonly kind: "sign" | "not";
  readonly operand: ExpressionNode;
}

export interface ArithmeticNode extends Span {
  readonly kind: "arithmetic";
  readonly operator: ArithmeticOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface ComparisonNode extends Span {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface LogicalNode extends Span {
  readonly kind: "logical";
  readonly operator: LogicalOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface CallNode extends Span {
  readonly kind: "call";
  readonly name: string;
  readonly nameEnd: number;
  readonly parameters: readonly ExpressionNode[];
}

export type ExpressionNode =
  | NumberNode
  | TextNode
  | NameNode
  | PercentileNode
  | SignNode
  | ArithmeticNode
  | ComparisonNode
  | LogicalNode
  | CallNode;

/** What is wrong with an expression, and where: the characters to be underlined. */
export class ExpressionProblem extends Error {
  override readonly name = "ExpressionProblem";
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}
