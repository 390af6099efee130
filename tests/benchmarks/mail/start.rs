use crate::figures::Figures;
use tokio::runtime::Runtime;

pub fn start_and_tick(_runtime: &Runtime, _figures: &mut Figures) {
    unimplemented!()
}
