//! Flows: `@flow`, what they are called, where they are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{deployment, members, register, signature};
use crate::evaluate::attribute::{self, native};
use crate::evaluate::call::Args;
use crate::evaluate::function::Function;
use crate::evaluate::installed::object;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{loading, path};

/// Under what is kept that is spread into the arguments of `@flow(…)` and not known.
const OPEN: &str = "**";

/// A flow.
#[derive(Debug)]
pub(in crate::evaluate) struct Flow<'a> {
    /// Its function; none when it is not in the bundle.
    pub(in crate::evaluate) function: Option<Rc<Function<'a>>>,
    /// The arguments of `@flow(…)`, and what was set since.
    pub(in crate::evaluate) settings: RefCell<BTreeMap<Rc<str>, Value<'a>>>,
    /// The storage and the entrypoint of `from_source`.
    pub(in crate::evaluate) source: Option<(Value<'a>, Rc<str>)>,
}

impl<'a> Flow<'a> {
    /// The name of its function.
    pub(in crate::evaluate) fn function_name(&self) -> &str {
        match (&self.function, &self.source) {
            (Some(it), _) => &it.name,
            (None, Some((_, entrypoint))) => entrypoint,
            (None, None) => "flow",
        }
    }

    /// `flow.name = value`
    pub(in crate::evaluate) fn set(&self, name: &str, value: Value<'a>) {
        self.settings.borrow_mut().insert(name.into(), value);
    }

    /// What `@flow(…)` or an assignment says of `name`.
    pub(in crate::evaluate) fn setting(&self, name: &str) -> Option<Value<'a>> {
        // Prefect takes an empty text for none
        let found = self.settings.borrow().get(name).cloned();
        found.filter(|it| !it.is_none() && it.truth() != Some(false))
    }

    /// Whether it may have settings that are not known: `@flow(**options)`.
    pub(in crate::evaluate) fn is_open(&self) -> bool {
        self.settings.borrow().contains_key(OPEN)
    }

    fn with(&self, changes: impl IntoIterator<Item = (Rc<str>, Value<'a>)>) -> Value<'a> {
        let mut settings = self.settings.borrow().clone();
        settings.extend(changes.into_iter().filter(|(_, it)| !it.is_none()));
        Value::Flow(Rc::new(Self {
            function: self.function.clone(),
            settings: RefCell::new(settings),
            source: self.source.clone(),
        }))
    }
}

/// `@flow`, `@flow(name=…)`, `flow(function)`
pub(super) fn decorate<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    signature::decorated(machine, "flow", &args)?;
    match args.get("__fn", 0).cloned() {
        Some(function) => of(machine, &function, args),
        None => Ok(object(machine, "prefect.flow", args)),
    }
}

/// `Flow(fn=function)`
pub(super) fn made<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let function = args.get("fn", 0).cloned().unwrap_or(Value::None);
    of(machine, &function, args)
}

fn of<'a>(machine: &Machine<'a>, function: &Value<'a>, args: Args<'a>) -> Eval<'a> {
    let open = args.open.map(|it| (OPEN.into(), it));
    let settings = args.named.into_iter().chain(open);
    let settings = settings.filter(|(name, _)| !matches!(&**name, "fn" | "__fn"));
    let function = match function {
        Value::Function(it) => Rc::clone(it),
        Value::Descriptor(_, it) => {
            return of(machine, it, Args { named: settings.collect(), ..Args::none() });
        }
        other if other.as_unknown().is_some() => return Ok(other.clone()),
        _ => return Ok(machine.unknown("a flow of something that is no function of the bundle")),
    };
    let settings = RefCell::new(settings.collect());
    Ok(Value::Flow(Rc::new(Flow { function: Some(function), settings, source: None })))
}

/// What `flow.name` gives.
pub(in crate::evaluate) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Flow<'a>>,
    name: &str,
) -> Eval<'a> {
    let owner = Value::Flow(Rc::clone(it));
    if let Some(found) = it.setting(name) {
        return Ok(found);
    }
    let is_set = it.settings.borrow().contains_key(name);
    if !is_set {
        members::of_flow(machine, name)?;
    }
    Ok(match (name, &it.function) {
        ("name", Some(function)) => Value::text(function.innermost().name.replace('_', "-")),
        ("fn" | "__wrapped__", Some(function)) => Value::Function(Rc::clone(function)),
        ("__name__", Some(function)) => Value::Text(Rc::clone(&function.innermost().name)),
        ("__module__" | "__qualname__", Some(function)) => {
            attribute::get(machine, &Value::Function(Rc::clone(function)), name)?
        }
        ("__doc__", Some(function)) => crate::evaluate::methods::doc(function.innermost().body()),
        ("description", Some(function)) => {
            match crate::evaluate::methods::doc(function.innermost().body()) {
                Value::Text(text) => Value::text(crate::python::clean_docstring(&text)),
                other => other,
            }
        }
        ("version", Some(function)) => {
            let file = machine.sources.file(function.file);
            file.map_or(Value::None, |it| Value::text(crate::python::file_version(it.bytes)))
        }
        (
            "deploy" | "adeploy" | "serve" | "aserve" | "to_deployment" | "ato_deployment"
            | "with_options" | "from_source",
            _,
        ) => native(&owner, name),
        _ => machine.unknown(format!("`{name}` of the flow `{}`", it.function_name())),
    })
}

/// What `flow.name(…)` gives.
pub(in crate::evaluate) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Flow<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    match name {
        "with_options" => Ok(it.with(args.named)),
        "from_source" => from_source(machine, args),
        "to_deployment" | "ato_deployment" => deployment::of_flow(machine, it, args),
        "deploy" | "adeploy" => register::flow_deploy(machine, it, args),
        "serve" | "aserve" => register::flow_serve(machine, it, args),
        _ => Ok(machine.unknown(format!("the result of `{name}` of a flow"))),
    }
}

/// `flow.from_source(source=…, entrypoint=…)`: the flow is read in the bundle, as far as it is there.
pub(super) fn from_source<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let mut given = signature::given(machine, "from_source", args)?;
    let source = given.remove("source").unwrap_or(Value::None);
    let Some(entrypoint) = given.get("entrypoint").cloned() else {
        return machine.raise("TypeError", "from_source() missing argument 'entrypoint'");
    };
    let Some(text) = entrypoint.as_text().cloned() else {
        return Ok(match entrypoint.as_unknown() {
            Some(_) => entrypoint,
            None => machine.unknown("an entrypoint"),
        });
    };
    let folder = super::storage::folder(machine, &source);
    let found = find(machine, &text, folder.as_deref())?;
    let flow = match found {
        Some(Value::Flow(it)) => Flow {
            function: it.function.clone(),
            settings: RefCell::new(it.settings.borrow().clone()),
            source: Some((source, text)),
        },
        _ => Flow { function: None, settings: RefCell::default(), source: Some((source, text)) },
    };
    Ok(Value::Flow(Rc::new(flow)))
}

/// `load_flow_from_entrypoint("flows.py:main")`, `import_object("flows.main")`
pub(super) fn of_entrypoint<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let text = args.text("entrypoint", 0).or_else(|| args.text("import_path", 0));
    let Some(text) = text else {
        return Ok(machine.unknown("an entrypoint"));
    };
    let found = find(machine, &text, None)?;
    Ok(found.unwrap_or_else(|| {
        machine.unknown(format!("the flow `{text}`, which is not in the bundle"))
    }))
}

/// The flow that `entrypoint` names: in `folder`, in the folder that the file works in, or at the bundle's root.
#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "names of Python's own")]
pub(super) fn find<'a>(
    machine: &mut Machine<'a>,
    entrypoint: &str,
    folder: Option<&str>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let split = entrypoint.rsplit_once(':').or_else(|| entrypoint.rsplit_once('.'));
    let Some((file, function)) = split else { return Ok(None) };
    let file = if file.contains('/') || file.ends_with(".py") {
        file.to_owned()
    } else {
        format!("{}.py", file.replace('.', "/"))
    };
    let root = machine.settings.root();
    let bases: Vec<String> = match folder {
        Some(folder) => vec![folder.to_owned()],
        None => vec![machine.cwd.clone(), root.clone()],
    };
    for base in bases {
        let whole = path::absolute(machine, &path::join(&base, &file));
        let Some(inside) = whole.strip_prefix(&root).map(|it| it.trim_start_matches('/')) else {
            continue;
        };
        if let Some(id) = machine.sources.find(inside) {
            let module = loading::loaded(machine, id)?;
            let mut value = module;
            for part in function.split('.') {
                value = match attribute::get(machine, &value, part) {
                    Ok(it) => it,
                    Err(Stop::Raise(_)) => return Ok(None),
                    Err(stop) => return Err(stop),
                };
            }
            return Ok(Some(value));
        }
    }
    Ok(None)
}
