//! Lines that end as on Windows: Python reads `\r\n` as `\n`, in texts too.

use ruff_python_ast::visitor::transformer::{Transformer, walk_interpolated_string_element};
use ruff_python_ast::{InterpolatedStringElement, Stmt, StringLiteral};
use ruff_text_size::{Ranged as _, TextRange};

/// Gives the texts in `body`, which was read from `text`, the ends of lines that Python gives them.
pub(super) fn unify(body: &mut [Stmt], text: &str) {
    if text.contains('\r') {
        Unify { text }.visit_body(body);
    }
}

struct Unify<'t> {
    text: &'t str,
}

impl Unify<'_> {
    /// The value that the literal at `range` has; one that is written as `"\r"` is meant.
    fn unified(&self, value: &str, range: TextRange) -> Option<Box<str>> {
        let written = self.text.get(range.to_std_range())?;
        if !value.contains('\r') || written.contains("\\r") {
            return None;
        }
        Some(value.replace("\r\n", "\n").replace('\r', "\n").into())
    }
}

impl Transformer for Unify<'_> {
    fn visit_string_literal(&self, it: &mut StringLiteral) {
        if let Some(value) = self.unified(&it.value, it.range()) {
            it.value = value;
        }
    }

    fn visit_interpolated_string_element(&self, it: &mut InterpolatedStringElement) {
        if let InterpolatedStringElement::Literal(it) = it
            && let Some(value) = self.unified(&it.value, it.range())
        {
            it.value = value;
        }
        walk_interpolated_string_element(self, it);
    }
}
