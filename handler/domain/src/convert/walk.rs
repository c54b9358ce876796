//! Everything in a file that a construct of Prefect 1 can be, in one pass.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprAttribute, ExprCall, ExprContext, ExprName, ExprSubscript, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

/// Deepest expression that is looked into: the walk takes a frame of the stack for each level.
const MAX_DEPTH: u32 = 150;

/// A node and what is around it.
#[derive(Debug)]
pub(super) struct Within<'a, T> {
    /// The node.
    pub(super) node: &'a T,
    /// The innermost statement.
    pub(super) stmt: &'a Stmt,
    /// Whether it is in the body of a function.
    pub(super) in_function: bool,
}

impl<T> Clone for Within<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

// a derived one would ask the node to be `Copy`
impl<T> Copy for Within<'_, T> {}

/// The nodes of a file.
#[derive(Debug, Default)]
pub(super) struct Nodes<'a> {
    /// Names that are read; as the next two in the order of the text.
    pub(super) reads: Vec<Within<'a, ExprName>>,
    /// Names that are bound.
    pub(super) writes: Vec<Within<'a, ExprName>>,
    /// Calls.
    pub(super) calls: Vec<Within<'a, ExprCall>>,
    /// `a.b`
    pub(super) attributes: Vec<Within<'a, ExprAttribute>>,
    /// `a[b]`
    pub(super) subscripts: Vec<Within<'a, ExprSubscript>>,
    /// Every statement, also inside others; whether it is in a function.
    pub(super) statements: Vec<(&'a Stmt, bool)>,
    /// The call of what a call gives, `a()()` or `a().b()`, by the place of the inner one.
    pub(super) outer: BTreeMap<(TextSize, TextSize), &'a ExprCall>,
    top: BTreeSet<TextSize>,
    stack: Vec<&'a Stmt>,
    depth: u32,
    functions: u32,
}

impl<'a> Nodes<'a> {
    /// The nodes of `body`.
    pub(super) fn of(body: &'a [Stmt]) -> Self {
        let mut out = Self::default();
        for it in body {
            out.visit_stmt(it);
            out.top.insert(it.start());
        }
        out.reads.sort_by_key(|it| it.node.start());
        out.writes.sort_by_key(|it| it.node.start());
        out.calls.sort_by_key(|it| it.node.start());
        out
    }

    /// Whether `stmt` is at the top level of the file.
    pub(super) fn is_top(&self, stmt: &Stmt) -> bool {
        self.top.contains(&stmt.start())
    }

    fn within<T>(&self, node: &'a T) -> Option<Within<'a, T>> {
        let stmt = self.stack.last()?;
        Some(Within { node, stmt, in_function: self.functions > 0 })
    }
}

/// Those of `list`, which is in the order of the text, that are inside of `range`.
pub(super) fn inside<'a, 'b, T: Ranged>(
    list: &'b [Within<'a, T>],
    range: TextRange,
) -> impl Iterator<Item = &'b Within<'a, T>> {
    let start = list.partition_point(|it| it.node.start() < range.start());
    let rest = list.get(start..).unwrap_or_default();
    rest.iter()
        .take_while(move |it| it.node.start() < range.end())
        .filter(move |it| it.node.end() <= range.end())
}

impl<'a> Visitor<'a> for Nodes<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.statements.push((stmt, self.functions > 0));
        self.stack.push(stmt);
        let function = u32::from(stmt.is_function_def_stmt());
        self.functions += function;
        walk_stmt(self, stmt);
        self.functions -= function;
        self.stack.pop();
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if self.depth > MAX_DEPTH {
            return;
        }
        match expr {
            Expr::Name(it) if it.ctx == ExprContext::Load => self.reads.extend(self.within(it)),
            Expr::Name(it) => self.writes.extend(self.within(it)),
            Expr::Call(it) => {
                self.calls.extend(self.within(it));
                let inner = match it.func.as_ref() {
                    Expr::Attribute(func) => func.value.as_call_expr(),
                    func => func.as_call_expr(),
                };
                if let Some(inner) = inner {
                    self.outer.insert((inner.start(), inner.end()), it);
                }
            }
            Expr::Attribute(it) => self.attributes.extend(self.within(it)),
            Expr::Subscript(it) => self.subscripts.extend(self.within(it)),
            _ => {}
        }
        self.depth += 1;
        walk_expr(self, expr);
        self.depth -= 1;
    }
}
