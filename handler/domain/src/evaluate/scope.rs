//! The names that code sees: of its block, of the functions around it, of its module.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::class::Class;
use super::machine::Step;
use super::sources::FileId;
use super::value::Value;
use super::with::Hook;

/// Which scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScopeId(usize);

/// Which module of the bundle: its file.
pub(super) type ModuleId = FileId;

/// What a block is.
#[derive(Debug, Clone)]
pub(super) enum Kind<'a> {
    /// A module.
    Module,
    /// The body of a class: the functions in it do not see its names.
    Class,
    /// A call of a function; with the class it is a method of, for `super()`.
    Function(Option<(Rc<Class<'a>>, Value<'a>)>),
    /// A comprehension.
    Comprehension,
}

/// The names of one block.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    /// In the order of their first binding.
    pub(super) names: Vec<Rc<str>>,
    pub(super) values: BTreeMap<Rc<str>, Value<'a>>,
    /// The block around it that is seen from it.
    pub(super) outer: Option<ScopeId>,
    /// The module.
    pub(super) globals: ScopeId,
    pub(super) kind: Kind<'a>,
    pub(super) file: FileId,
    /// Names that `global` and `nonlocal` say to be of another block.
    pub(super) elsewhere: BTreeMap<Rc<str>, ScopeId>,
    /// What comes before a name that is defined here in its `__qualname__`.
    pub(super) prefix: String,
    /// What `yield` gave so far.
    pub(super) yielded: Vec<Value<'a>>,
    /// What the next `yield` runs: the block of the `with` whose context the generator is.
    pub(super) hook: Option<Hook<'a>>,
    /// How that block ended.
    pub(super) step: Option<Step<'a>>,
}

/// All scopes of a run.
#[derive(Debug, Default)]
pub(super) struct Scopes<'a> {
    list: Vec<Scope<'a>>,
}

impl<'a> Scopes<'a> {
    /// The scope of a new module.
    pub(super) fn module(&mut self, file: FileId) -> ScopeId {
        let id = ScopeId(self.list.len());
        self.push(None, id, Kind::Module, file)
    }

    /// A new scope inside `outer`.
    pub(super) fn inner(&mut self, outer: ScopeId, kind: Kind<'a>) -> ScopeId {
        let (globals, file) =
            self.get(outer).map_or((outer, FileId::NONE), |it| (it.globals, it.file));
        self.push(Some(outer), globals, kind, file)
    }

    fn push(
        &mut self,
        outer: Option<ScopeId>,
        globals: ScopeId,
        kind: Kind<'a>,
        file: FileId,
    ) -> ScopeId {
        let id = ScopeId(self.list.len());
        self.list.push(Scope {
            names: Vec::new(),
            values: BTreeMap::new(),
            outer,
            globals,
            kind,
            file,
            elsewhere: BTreeMap::new(),
            prefix: String::new(),
            yielded: Vec::new(),
            hook: None,
            step: None,
        });
        id
    }

    pub(super) fn get(&self, id: ScopeId) -> Option<&Scope<'a>> {
        self.list.get(id.0)
    }

    pub(super) fn get_mut(&mut self, id: ScopeId) -> Option<&mut Scope<'a>> {
        self.list.get_mut(id.0)
    }

    /// What `name` is bound to, seen from `id`; builtins are not among it.
    pub(super) fn lookup(&self, id: ScopeId, name: &str) -> Option<&Value<'a>> {
        let mut at = Some(id);
        while let Some(id) = at {
            let scope = self.get(id)?;
            if let Some(home) = scope.elsewhere.get(name) {
                return self.get(*home)?.values.get(name);
            }
            if let Some(found) = scope.values.get(name) {
                return Some(found);
            }
            at = scope.outer;
        }
        None
    }

    /// Binds `name` in `id`, or where `global` and `nonlocal` say.
    pub(super) fn bind(&mut self, id: ScopeId, name: &str, value: Value<'a>) {
        let home = self.get(id).and_then(|it| it.elsewhere.get(name)).copied().unwrap_or(id);
        let Some(scope) = self.get_mut(home) else { return };
        if let Some(it) = scope.values.get_mut(name) {
            *it = value;
            return;
        }
        let name: Rc<str> = name.into();
        scope.names.push(Rc::clone(&name));
        scope.values.insert(name, value);
    }

    /// Takes the binding of `name` away; false when there is none.
    pub(super) fn unbind(&mut self, id: ScopeId, name: &str) -> bool {
        let home = self.get(id).and_then(|it| it.elsewhere.get(name)).copied().unwrap_or(id);
        let Some(scope) = self.get_mut(home) else { return false };
        scope.names.retain(|it| &**it != name);
        scope.values.remove(name).is_some()
    }

    /// The scope that a function defined in `id` sees: not that of a class.
    pub(super) fn seen_by_functions(&self, id: ScopeId) -> ScopeId {
        match self.get(id) {
            Some(Scope { kind: Kind::Class, outer: Some(outer), .. }) => {
                self.seen_by_functions(*outer)
            }
            _ => id,
        }
    }

    /// The nearest block around `id`, itself included, that binds names of `:=` and holds what `yield` gives.
    pub(super) fn block(&self, id: ScopeId) -> ScopeId {
        match self.get(id) {
            Some(Scope { kind: Kind::Comprehension, outer: Some(outer), .. }) => self.block(*outer),
            _ => id,
        }
    }
}
