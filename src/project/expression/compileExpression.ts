/** Expressions that make sense, without their values. */
import { checkExpression, namesIn, type ExpressionNames } from "./checkExpression.ts";
import type { ExpressionNode } from "./expressionSyntax.ts";
import { parseExpression } from "./parseExpression.ts";

/** An expression that makes sense. */
export interface CompiledExpression {
  readonly tree: ExpressionNode;
  /** Quantities that it needs. */
  readonly names: ReadonlySet<string>;
}

/**
 * Reads and checks an expression.
 * @param wanted - whether it selects atoms, or gives each a number
 * @throws ExpressionProblem with the characters that are wrong
 */
export function compileExpression(
  text: string,
  names: ExpressionNames,
  wanted: "truth" | "number" = "truth",
): CompiledExpression {
  const tree = parseExpression(text);
  checkExpression(tree, names, wanted);
  return { tree, names: namesIn(tree) };
}
